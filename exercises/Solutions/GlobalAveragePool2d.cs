namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of global average pooling: docs/18-global_average_pool2d.md.</summary>
public static class GlobalAveragePool2d
{
    /// <inheritdoc cref="Exercises.GlobalAveragePool2d.Backward"/>
    public static double[,,,] Backward(double[,,,] x, double[,] dy)
    {
        int height = x.GetLength(2), width = x.GetLength(3);
        var dx = new double[x.GetLength(0), x.GetLength(1), height, width];
        for (int n = 0; n < x.GetLength(0); n++)
            for (int c = 0; c < x.GetLength(1); c++)
                for (int i = 0; i < height; i++)
                    for (int j = 0; j < width; j++)
                        dx[n, c, i, j] = dy[n, c] / (height * width); // each pixel has the same share in the mean
        return dx;
    }
}
