namespace GalaxyNet.Exercises.Solutions;

/// <summary>
/// The backward pass of convolution, the ReLU and pooling in one: docs/17-conv2d_relu_max_pool2d.md.
/// </summary>
public static class Conv2dReluMaxPool2d
{
    /// <inheritdoc cref="Exercises.Conv2dReluMaxPool2d.Backward"/>
    public static (double[,,,] Dx, double[,,,] Dw, double[] Db) Backward(
        double[,,,] x, double[,,,] w, double[] b, double[,,,] dy, int stride, int padding, int window)
    {
        // The chain rule goes through the parts in the opposite order. The pooling has to know which numbers of z were
        // the largest and over 0, so z is computed again.
        var z = Forward.Conv2d(x, w, b, stride, padding);
        var dz = ReluMaxPool2d.Backward(z, dy, window);
        return Conv2d.Backward(x, w, dz, stride, padding);
    }
}
