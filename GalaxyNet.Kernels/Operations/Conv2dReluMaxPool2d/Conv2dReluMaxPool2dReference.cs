namespace GalaxyNet.Kernels;

/// <summary><see cref="Conv2dReference"/> and <see cref="ReluMaxPool2dReference"/>, one after the other.</summary>
internal sealed class Conv2dReluMaxPool2dReference(Conv2dGeometry geometry, int window) : IReference
{
    /// <summary>Extents, stride and padding of the convolution.</summary>
    public Conv2dGeometry Geometry => geometry;

    /// <summary>The side of a window of the pooling.</summary>
    public int Window => window;

    private readonly Conv2dReference convolution = new(geometry);
    private readonly ReluMaxPool2dReference pooling = new(window);

    /// <summary>z = w * x + b; y is the maximum of each window of z, or 0 where that is not positive.</summary>
    public double[,,,] Forward(double[,,,] x, double[,,,] w, double[] b)
    {
        var z = convolution.Forward(x, w, b);
        return pooling.Forward(z);
    }

    /// <summary>
    /// The chain rule: dz from dy through the pooling, then dx, dw and db from dz through the convolution.
    /// </summary>
    public (double[,,,] Dx, double[,,,] Dw, double[] Db) Backward(
        double[,,,] x, double[,,,] w, double[] b, double[,,,] dy)
    {
        var z = convolution.Forward(x, w, b);
        var dz = pooling.Backward(z, dy);
        return convolution.Backward(x, w, dz);
    }

    Array IReference.Forward(Array[] arguments) =>
        Forward((double[,,,])arguments[0], (double[,,,])arguments[1], (double[])arguments[2]);

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient)
    {
        var (dx, dw, db) = Backward(
            (double[,,,])arguments[0], (double[,,,])arguments[1], (double[])arguments[2], (double[,,,])outputGradient);
        return [dx, dw, db];
    }
}
