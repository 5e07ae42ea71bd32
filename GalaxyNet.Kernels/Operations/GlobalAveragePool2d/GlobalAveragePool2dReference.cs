namespace GalaxyNet.Kernels;

/// <summary>The formulas of <see cref="GlobalAveragePool2d"/> as plain loops, in float64.</summary>
internal sealed class GlobalAveragePool2dReference : IReference
{
    /// <summary>y[n, c] is the mean of x[n, c] over its rows i and columns j.</summary>
    public static double[,] Forward(double[,,,] x)
    {
        int height = x.GetLength(2), width = x.GetLength(3);
        var y = new double[x.GetLength(0), x.GetLength(1)];
        for (int n = 0; n < x.GetLength(0); n++)
            for (int c = 0; c < x.GetLength(1); c++)
                for (int i = 0; i < height; i++)
                    for (int j = 0; j < width; j++)
                        y[n, c] += x[n, c, i, j] / (height * width);
        return y;
    }

    /// <summary>dx[n, c, i, j] = dy[n, c] / (height width): each pixel has the same share in the mean.</summary>
    public static double[,,,] Backward(double[,,,] x, double[,] dy)
    {
        int height = x.GetLength(2), width = x.GetLength(3);
        var dx = new double[x.GetLength(0), x.GetLength(1), height, width];
        for (int n = 0; n < x.GetLength(0); n++)
            for (int c = 0; c < x.GetLength(1); c++)
                for (int i = 0; i < height; i++)
                    for (int j = 0; j < width; j++)
                        dx[n, c, i, j] = dy[n, c] / (height * width);
        return dx;
    }

    Array IReference.Forward(Array[] arguments) => Forward((double[,,,])arguments[0]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) =>
        [Backward((double[,,,])arguments[0], (double[,])outputGradient)];
}
