namespace GalaxyNet.Kernels;

/// <summary>The maximum pooling of <see cref="MaxPool2d"/> as plain loops, in float64.</summary>
internal sealed class MaxPool2dReference(int kernel) : IReference
{
    /// <summary>The side of a window.</summary>
    public int Kernel => kernel;

    /// <summary>y[n, c, i, j] = max over a, b in [0, kernel) of x[n, c, kernel i + a, kernel j + b].</summary>
    public double[,,,] Forward(double[,,,] x)
    {
        var y = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2) / kernel, x.GetLength(3) / kernel];
        for (int n = 0; n < y.GetLength(0); n++)
            for (int c = 0; c < y.GetLength(1); c++)
                for (int i = 0; i < y.GetLength(2); i++)
                    for (int j = 0; j < y.GetLength(3); j++)
                    {
                        y[n, c, i, j] = double.NegativeInfinity;
                        for (int a = 0; a < kernel; a++)
                            for (int b = 0; b < kernel; b++)
                                y[n, c, i, j] = Math.Max(y[n, c, i, j], x[n, c, (kernel * i) + a, (kernel * j) + b]);
                    }
        return y;
    }

    /// <summary>dx is dy at the first maximum of each window, and 0 everywhere else.</summary>
    public double[,,,] Backward(double[,,,] x, double[,,,] dy)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        for (int n = 0; n < dy.GetLength(0); n++)
            for (int c = 0; c < dy.GetLength(1); c++)
                for (int i = 0; i < dy.GetLength(2); i++)
                    for (int j = 0; j < dy.GetLength(3); j++)
                    {
                        int h = kernel * i, v = kernel * j;
                        for (int a = 0; a < kernel; a++)
                            for (int b = 0; b < kernel; b++)
                                if (x[n, c, (kernel * i) + a, (kernel * j) + b] > x[n, c, h, v])
                                    (h, v) = ((kernel * i) + a, (kernel * j) + b);
                        dx[n, c, h, v] = dy[n, c, i, j];
                    }
        return dx;
    }

    Array IReference.Forward(Array[] arguments) => Forward((double[,,,])arguments[0]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) =>
        [Backward((double[,,,])arguments[0], (double[,,,])outputGradient)];
}
