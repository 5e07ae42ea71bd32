namespace GalaxyNet.Exercises.Solutions;

/// <summary>
/// The backward pass of batch normalization, the ReLU and pooling in one: docs/10-batch_norm_relu_max_pool2d.md.
/// </summary>
public static class BatchNormReluMaxPool2d
{
    /// <inheritdoc cref="Exercises.BatchNormReluMaxPool2d.Backward"/>
    public static (double[,,,] Dx, double[] Dw, double[] Db) Backward(
        double[,,,] x, double[] w, double[] b, double[,,,] dy, int kernel, double epsilon)
    {
        // Nothing new: the chain rule goes through the parts in the opposite order. The pooling has to know which
        // pixels of z were the largest, so z is computed again. It depends on b, and that is all that b is here for.
        var z = Forward.BatchNorm2d(x, w, b, epsilon);
        var dz = ReluMaxPool2d.Backward(z, dy, kernel);
        return BatchNorm2d.Backward(x, w, dz, epsilon);
    }
}
