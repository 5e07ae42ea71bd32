namespace GalaxyNet.Exercises;

/// <summary>The backward pass of the weighted squared error.</summary>
/// <remarks>
/// Forward: loss = sum over n and j of w[j] (o[n, j] - t[n, j])^2 / batch. A target t[n, j] that is NaN is unknown:
/// its term is left out, and the batch is still counted in full.
///
/// To be found: do, the gradient of the loss with respect to o. Nothing comes from above: this is the loss.
///
/// The page: docs/04-weighted_mse.md
/// Check what you have written: dotnet run --project exercises -- check weighted_mse
/// </remarks>
public static class WeightedMse
{
    /// <summary>Finds do.</summary>
    /// <param name="o">The network's output: [batch, columns].</param>
    /// <param name="t">The targets: [batch, columns]; some may be NaN.</param>
    /// <param name="w">The weight of each column: [columns].</param>
    /// <returns>do: [batch, columns].</returns>
    public static double[,] Backward(double[,] o, double[,] t, double[] w)
    {
        throw new NotImplementedException(); // write it here
    }
}
