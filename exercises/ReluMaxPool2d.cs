namespace GalaxyNet.Exercises;

/// <summary>The backward pass of the ReLU and maximum pooling in one.</summary>
/// <remarks>
/// Forward: y[n, c, i, j] is the maximum of 0 and of x[n, c, kernel i + a, kernel j + b] over a and b from 0 to kernel
/// - 1.
///
/// To be found: dx, the gradient of the loss with respect to x. You may call Forward.MaxPool2d, and your own
/// MaxPool2d.
///
/// The page: docs/08-relu_max_pool2d.md
/// Check what you have written: dotnet run --project exercises -- check relu_max_pool2d
/// </remarks>
public static class ReluMaxPool2d
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
