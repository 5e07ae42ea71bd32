namespace GalaxyNet.Exercises;

/// <summary>The backward pass of convolution, the ReLU and pooling in one.</summary>
/// <remarks>
/// Forward: z is the convolution of x with w, plus b; y is z after the ReLU and maximum pooling.
///
/// To be found: dx, dw and db, the gradients of the loss with respect to x, w and b. You may call Forward.Conv2d, and
/// your own Conv2d and ReluMaxPool2d.
///
/// The page: docs/17-conv2d_relu_max_pool2d.md
/// Check what you have written: dotnet run --project exercises -- check conv2d_relu_max_pool2d
/// </remarks>
public static class Conv2dReluMaxPool2d
{
    /// <summary>Finds dx, dw and db from dy.</summary>
    /// <param name="x">The images: [batch, inChannels, height, width].</param>
    /// <param name="w">The filters: [outChannels, inChannels, kernelHeight, kernelWidth].</param>
    /// <param name="b">The bias of each filter: [outChannels].</param>
    /// <param name="dy">The gradient with respect to y: [batch, outChannels, rows, columns of windows].</param>
    /// <param name="stride">The distance between neighboring windows.</param>
    /// <param name="padding">Zeros on each side of an image.</param>
    /// <param name="window">The side of a window of the pooling.</param>
    /// <returns>dx of the shape of x, dw of the shape of w, and db: [outChannels].</returns>
    public static (double[,,,] Dx, double[,,,] Dw, double[] Db) Backward(
        double[,,,] x, double[,,,] w, double[] b, double[,,,] dy, int stride, int padding, int window)
    {
        throw new NotImplementedException(); // write it here
    }
}
