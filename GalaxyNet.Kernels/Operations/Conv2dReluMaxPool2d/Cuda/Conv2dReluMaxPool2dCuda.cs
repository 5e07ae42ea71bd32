namespace GalaxyNet.Kernels;

/// <summary>The forward pass of <see cref="Conv2dReluMaxPool2d"/> on the CUDA engine.</summary>
/// <remarks>
/// The windows of the input come in squares of two by two. So the four numbers that a pooling compares are neighbors in
/// a tile, and the convolution's output is never written.
/// </remarks>
internal sealed class Conv2dReluMaxPool2dCuda : IDisposable
{
    private const int Window = 2;

    private readonly Conv2dGeometry geometry;
    private readonly CudaLauncher<Conv2dCudaForward, CudaLines, CudaWindows> forward;
    private readonly DeviceBuffer<WindowTap> taps;

    public Conv2dReluMaxPool2dCuda(Device device, Conv2dGeometry geometry)
    {
        this.geometry = geometry;
        forward = new(device, forced: null);
        taps = device.AllocateBuffer<WindowTap>(WindowTables.InputTaps(geometry));
    }

    /// <summary>Whether a device and extents are what it is made for.</summary>
    public static bool Allows(Device device, Conv2dGeometry geometry, int window) =>
        device.RunsCudaTiles && window == Window && Conv2dCuda.Fits(geometry);

    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, DeviceBuffer<byte> indices)
    {
        int images = input.Shape[0];
        int pixels = Window * Window * output.Shape[2] * output.Shape[3];
        forward.Run(new(
            new CudaLines(weight.Data.Address(), geometry.OutChannels, geometry.WindowSize),
            CudaWindows.OfInput(geometry, input, taps, pixels, inSquares: true),
            CudaOutput.Images(output.Data, images, geometry.OutChannels, pixels)
                .WithRowBias(bias.Data)
                .Pooled(indices.View),
            geometry.WindowSize));
    }

    public void Dispose()
    {
        forward.Dispose();
        taps.Dispose();
    }
}
