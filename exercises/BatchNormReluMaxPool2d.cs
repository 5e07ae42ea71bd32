namespace GalaxyNet.Exercises;

/// <summary>The backward pass of batch normalization, the ReLU and pooling in one.</summary>
/// <remarks>
/// Forward: z is x after batch normalization with w, b and epsilon; y is z after the ReLU and maximum pooling.
///
/// To be found: dx, dw and db, the gradients of the loss with respect to x, w and b. You may call Forward.BatchNorm2d,
/// and your own BatchNorm2d and ReluMaxPool2d.
///
/// The page: docs/10-batch_norm_relu_max_pool2d.md
/// Check what you have written: dotnet run --project exercises -- check batch_norm_relu_max_pool2d
/// </remarks>
public static class BatchNormReluMaxPool2d
{
    /// <summary>Finds dx, dw and db from dy.</summary>
    /// <param name="x">The input: [batch, channels, height, width].</param>
    /// <param name="w">The weight of each channel: [channels].</param>
    /// <param name="b">The bias of each channel: [channels].</param>
    /// <param name="dy">The gradient with respect to y: [batch, channels, height / kernel, width / kernel].</param>
    /// <param name="kernel">The side of a window of the pooling.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <returns>dx of the shape of x, dw: [channels], and db: [channels].</returns>
    public static (double[,,,] Dx, double[] Dw, double[] Db) Backward(
        double[,,,] x, double[] w, double[] b, double[,,,] dy, int kernel, double epsilon)
    {
        throw new NotImplementedException(); // write it here
    }
}
