namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="GlobalAveragePool2dReference"/>.</summary>
internal static class GlobalAveragePool2dMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of(
            "not-divided",
            "Each pixel gets dy whole, not divided by the number of pixels.",
            (x, dy, n, c, i, j) => dy[n, c]),
        Of(
            "divided-by-height",
            "dy is divided by the height alone, not by height times width.",
            (x, dy, n, c, i, j) => dy[n, c] / x.GetLength(2)),
        Of(
            "first-pixel",
            "The first pixel gets dy, and the others nothing.",
            (x, dy, n, c, i, j) => (i, j) == (0, 0) ? dy[n, c] : 0),
        Of(
            "images-for-channels",
            "dy is read as if its first index were the channel, and its second the image.",
            (x, dy, n, c, i, j) => OfChannels(dy)[c, n] / (x.GetLength(2) * x.GetLength(3))),
    ];

    /// <summary>dx[n, c, i, j].</summary>
    private delegate double Element(double[,,,] x, double[,] dy, int n, int c, int i, int j);

    private static Mistake Of(string name, string description, Element dx) => new(
        name, description, (_, arguments, dy) => [Backward(dx, (double[,,,])arguments[0], (double[,])dy)]);

    private static double[,,,] Backward(Element element, double[,,,] x, double[,] dy)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        for (int n = 0; n < x.GetLength(0); n++)
            for (int c = 0; c < x.GetLength(1); c++)
                for (int i = 0; i < x.GetLength(2); i++)
                    for (int j = 0; j < x.GetLength(3); j++)
                        dx[n, c, i, j] = element(x, dy, n, c, i, j);
        return dx;
    }

    /// <summary>The same numbers in the same order, with a row for each channel.</summary>
    private static double[,] OfChannels(double[,] dy) => (double[,])dy.Shaped([dy.GetLength(1), dy.GetLength(0)]);
}
