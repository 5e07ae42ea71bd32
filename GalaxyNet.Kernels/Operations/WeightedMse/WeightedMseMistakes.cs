namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="WeightedMseReference"/>.</summary>
internal static class WeightedMseMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of(
            "factor-2-left-out",
            "The factor 2 of the square's derivative is missing.",
            (o, t, w, batch) => w * (o - Known(t, o)) / batch),
        Of(
            "not-divided",
            "The gradient is not divided by the batch, but the loss is.",
            (o, t, w, batch) => 2 * w * (o - Known(t, o))),
        Of(
            "weight-left-out",
            "The gradient is not multiplied by w.",
            (o, t, w, batch) => 2 * (o - Known(t, o)) / batch),
        Of(
            "wrong-sign",
            "The gradient is that of t: t - o stands where o - t should.",
            (o, t, w, batch) => 2 * w * (Known(t, o) - o) / batch),
        Of(
            "unknown-is-zero",
            "A target that is not known counts as 0, where it should count as nothing.",
            (o, t, w, batch) => 2 * w * (o - Known(t, 0)) / batch),
    ];

    /// <summary>do[n, j] from o[n, j], t[n, j], w[j] and the batch.</summary>
    private delegate double Element(double o, double t, double w, int batch);

    private static Mistake Of(string name, string description, Element element) => new(
        name,
        description,
        (_, arguments, _) =>
            [Backward(element, (double[,])arguments[0], (double[,])arguments[1], (double[])arguments[2]), null, null]);

    private static double[,] Backward(Element element, double[,] o, double[,] t, double[] w)
    {
        var gradient = new double[o.GetLength(0), o.GetLength(1)];
        for (int n = 0; n < o.GetLength(0); n++)
            for (int j = 0; j < o.GetLength(1); j++)
                gradient[n, j] = element(o[n, j], t[n, j], w[j], o.GetLength(0));
        return gradient;
    }

    /// <summary>The target, or what stands for one that is not known.</summary>
    private static double Known(double t, double otherwise) => double.IsNaN(t) ? otherwise : t;
}
