namespace GalaxyNet.Kernels;

/// <summary>The weighted squared error of <see cref="WeightedMse"/> as plain loops, in float64.</summary>
internal sealed class WeightedMseReference : IReference
{
    /// <summary>loss = sum over n and j of w[j] (o[n, j] - t[n, j])^2 / batch, where t is known: not NaN.</summary>
    public static double Forward(double[,] o, double[,] t, double[] w)
    {
        double loss = 0;
        for (int n = 0; n < o.GetLength(0); n++)
            for (int j = 0; j < o.GetLength(1); j++)
                if (!double.IsNaN(t[n, j]))
                    loss += w[j] * (o[n, j] - t[n, j]) * (o[n, j] - t[n, j]) / o.GetLength(0);
        return loss;
    }

    /// <summary>do[n, j] = 2 w[j] (o[n, j] - t[n, j]) / batch, or 0 where t is NaN.</summary>
    public static double[,] Backward(double[,] o, double[,] t, double[] w)
    {
        var gradient = new double[o.GetLength(0), o.GetLength(1)];
        for (int n = 0; n < o.GetLength(0); n++)
            for (int j = 0; j < o.GetLength(1); j++)
                if (!double.IsNaN(t[n, j]))
                    gradient[n, j] = 2 * w[j] * (o[n, j] - t[n, j]) / o.GetLength(0);
        return gradient;
    }

    Array IReference.Forward(Array[] arguments) =>
        new[] { Forward((double[,])arguments[0], (double[,])arguments[1], (double[])arguments[2]) };

    // The gradient of the loss with respect to itself is 1: nothing comes from above.
    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) =>
        [Backward((double[,])arguments[0], (double[,])arguments[1], (double[])arguments[2]), null, null];
}
