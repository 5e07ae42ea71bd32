namespace GalaxyNet.Exercises.Solutions;

/// <summary>The backward pass of the weighted squared error: docs/04-weighted_mse.md.</summary>
public static class WeightedMse
{
    /// <inheritdoc cref="Exercises.WeightedMse.Backward"/>
    public static double[,] Backward(double[,] o, double[,] t, double[] w)
    {
        int batch = o.GetLength(0), columns = o.GetLength(1);
        var gradient = new double[batch, columns];
        for (int n = 0; n < batch; n++)
            for (int j = 0; j < columns; j++)
            {
                // Each output is in one term of the loss. The 2 comes from the square, the batch from the mean.
                // The term of an unknown target is left out of the loss, so its output cannot change the loss.
                if (!double.IsNaN(t[n, j]))
                    gradient[n, j] = 2 * w[j] * (o[n, j] - t[n, j]) / batch;
            }
        return gradient;
    }
}
