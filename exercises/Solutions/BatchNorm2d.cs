namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of batch normalization, in training: docs/09-batch_norm2d.md.</summary>
public static class BatchNorm2d
{
    /// <inheritdoc cref="Exercises.BatchNorm2d.Backward"/>
    public static (double[,,,] Dx, double[] Dw, double[] Db) Backward(
        double[,,,] x, double[] w, double[,,,] dy, double epsilon)
    {
        int batch = x.GetLength(0), channels = x.GetLength(1), height = x.GetLength(2), width = x.GetLength(3);
        var dx = new double[batch, channels, height, width];
        double[] dw = new double[channels], db = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            // A channel's elements, wherever they are, are one list of m numbers: nothing here asks for their places.
            double[] elements = Channel(x, c), gradients = Channel(dy, c);
            double m = elements.Length;
            double mu = elements.Sum() / m;
            double sigma = Math.Sqrt((elements.Sum(each => (each - mu) * (each - mu)) / m) + epsilon);
            double[] z = [.. elements.Select(each => (each - mu) / sigma)];

            // y = w z + b: all elements of the channel share w and b, so both are sums over all of them.
            db[c] = gradients.Sum();
            dw[c] = gradients.Zip(z, (dy, z) => dy * z).Sum();

            // Each x acts in three ways: directly, through the mean, and through the variance.
            // The second and the third are these two means, and without them dx would be right but for them.
            double throughMean = db[c] / m, throughVariance = dw[c] / m;
            int next = 0;
            for (int n = 0; n < batch; n++)
                for (int i = 0; i < height; i++)
                    for (int j = 0; j < width; j++, next++)
                        dx[n, c, i, j] = w[c] / sigma * (gradients[next] - throughMean - (z[next] * throughVariance));
        }
        return (dx, dw, db);
    }

    /// <summary>The elements of a channel in all images, in the order of their places.</summary>
    private static double[] Channel(double[,,,] x, int c)
    {
        var elements = new List<double>();
        for (int n = 0; n < x.GetLength(0); n++)
            for (int i = 0; i < x.GetLength(2); i++)
                for (int j = 0; j < x.GetLength(3); j++)
                    elements.Add(x[n, c, i, j]);
        return [.. elements];
    }
}
