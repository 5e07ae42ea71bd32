namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of maximum pooling: docs/07-max_pool2d.md.</summary>
public static class MaxPool2d
{
    /// <inheritdoc cref="Exercises.MaxPool2d.Backward"/>
    public static double[,,,] Backward(double[,,,] x, double[,,,] dy, int kernel)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        for (int n = 0; n < dy.GetLength(0); n++)
            for (int c = 0; c < dy.GetLength(1); c++)
                for (int i = 0; i < dy.GetLength(2); i++)
                    for (int j = 0; j < dy.GetLength(3); j++)
                    {
                        // Near this x the output is its largest pixel: slope 1 there, and 0 for all others.
                        var (h, v) = Largest(x, n, c, kernel * i, kernel * j, kernel);
                        dx[n, c, h, v] = dy[n, c, i, j]; // windows do not overlap, so there is nothing to add to
                    }
        return dx;
    }

    /// <summary>Where the first maximum of a window is.</summary>
    private static (int Row, int Column) Largest(double[,,,] x, int n, int c, int top, int left, int kernel)
    {
        int row = top, column = left;
        for (int h = top; h < top + kernel; h++)
            for (int v = left; v < left + kernel; v++)
                if (x[n, c, h, v] > x[n, c, row, column])
                    (row, column) = (h, v);
        return (row, column);
    }
}
