namespace GalaxyNet.Exercises;

/// <summary>The backward pass of global average pooling.</summary>
/// <remarks>
/// Forward: y[n, c] is the mean of x[n, c, i, j] over all rows i and columns j.
///
/// To be found: dx, the gradient of the loss with respect to x.
///
/// The page: docs/18-global_average_pool2d.md
/// Check what you have written: dotnet run --project exercises -- check global_average_pool2d
/// </remarks>
public static class GlobalAveragePool2d
{
    /// <summary>Finds dx from dy.</summary>
    /// <param name="x">The input: [batch, channels, height, width].</param>
    /// <param name="dy">The gradient with respect to y: [batch, channels].</param>
    /// <returns>dx of the shape of x.</returns>
    public static double[,,,] Backward(double[,,,] x, double[,] dy)
    {
        throw new NotImplementedException(); // write it here
    }
}
