namespace GalaxyNet.Exercises;

/// <summary>The backward pass of the dense layer.</summary>
/// <remarks>
/// Forward: y[n, o] = b[o] + sum over i of x[n, i] w[o, i].
///
/// To be found: dx, dw and db, the gradients of the loss with respect to x, w and b.
///
/// The page: docs/01-dense.md
/// Check what you have written: dotnet run --project exercises -- check dense
/// </remarks>
public static class Dense
{
    /// <summary>Finds dx, dw and db from dy.</summary>
    /// <param name="x">The input: [batch, inFeatures].</param>
    /// <param name="w">The weights: [outFeatures, inFeatures].</param>
    /// <param name="dy">The gradient with respect to y: [batch, outFeatures].</param>
    /// <returns>dx of the shape of x, dw of the shape of w, and db: [outFeatures].</returns>
    public static (double[,] Dx, double[,] Dw, double[] Db) Backward(double[,] x, double[,] w, double[,] dy)
    {
        throw new NotImplementedException(); // write it here
    }
}
