namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="SigmoidReference"/>.</summary>
internal static class SigmoidMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of("slope-from-input", "The slope is x (1 - x), where x should be y.", (x, y) => x * (1 - x)),
        Of("no-slope", "dx is dy, as if y were x.", (x, y) => 1),
        Of("factor-left-out", "The slope is y, without the factor 1 - y.", (x, y) => y),
        Of("wrong-sign", "The slope is y (y - 1), which is negative.", (x, y) => y * (y - 1)),
    ];

    /// <summary>A mistake in the slope, which depends on x and y of the same element.</summary>
    private static Mistake Of(string name, string description, Func<double, double, double> slope) => new(
        name,
        description,
        (_, arguments, outputGradient) =>
        {
            double[] x = arguments[0].Flat(), y = SigmoidReference.Forward(x), dy = outputGradient.Flat();
            var dx = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
                dx[i] = dy[i] * slope(x[i], y[i]);
            return [dx];
        });
}
