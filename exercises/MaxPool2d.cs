namespace GalaxyNet.Exercises;

/// <summary>The backward pass of maximum pooling.</summary>
/// <remarks>
/// Forward: y[n, c, i, j] is the maximum of x[n, c, kernel i + a, kernel j + b] over a and b from 0 to kernel - 1.
/// Rows and columns that are left over belong to no window. Of equal numbers the first counts; no case has any.
///
/// To be found: dx, the gradient of the loss with respect to x.
///
/// The page: docs/07-max_pool2d.md
/// Check what you have written: dotnet run --project exercises -- check max_pool2d
/// </remarks>
public static class MaxPool2d
{
    /// <summary>Finds dx from dy.</summary>
    /// <param name="x">The input: [batch, channels, height, width].</param>
    /// <param name="dy">The gradient with respect to y: [batch, channels, height / kernel, width / kernel].</param>
    /// <param name="kernel">The side of a window, which is also the distance between windows.</param>
    /// <returns>dx of the shape of x.</returns>
    public static double[,,,] Backward(double[,,,] x, double[,,,] dy, int kernel)
    {
        throw new NotImplementedException(); // write it here
    }
}
