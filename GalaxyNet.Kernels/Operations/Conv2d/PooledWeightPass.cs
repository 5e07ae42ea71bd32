namespace GalaxyNet.Kernels;

/// <summary>The weight gradient of a stride-1 convolution from the gradient of its output after ReLU and pooling.</summary>
internal sealed class PooledWeightPass(Device device, Conv2dGeometry geometry) : IDisposable
{
    private readonly SimdKernel<PadWork> pad = new(device);
    private readonly SimdKernel<PooledWeightGradientWork> multiply = new(device);
    private readonly PaddedPlanes layout = PaddedPlanes.OfInput(geometry, device.VectorLength);
    private readonly Workspace<float> planes = new(device);
    private readonly Workspace<float> sums = new(device);
    private readonly Workspace<float> lists = new(device);

    public void Run(
        Tensor input,
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        int images = input.Shape[0];
        // The last filter row may be read a vector past its end.
        var padded = planes.AtLeast(((long)images * layout.ImageSize) + device.VectorLength);
        pad.Launch(new PadWork { Source = input.Data, Planes = padded, Layout = layout, Images = images });
        var work = new PooledWeightGradientWork
        {
            Planes = padded,
            Layout = layout,
            Indices = indices.View,
            OutputGradient = outputGradient.Data,
            PooledSize = new ImageShape(outputGradient.Shape[1], outputGradient.Shape[2], outputGradient.Shape[3]),
            Kernel = geometry.KernelHeight,
            Images = images,
            WeightGradient = weightGradient.Data,
            BiasGradient = biasGradient.Data,
        };
        work.Sums = sums.AtLeast(work.SumsSize(device.VectorLength));
        work.Lists = lists.AtLeast((long)device.Multiprocessors * work.ListSize);
        multiply.Launch(work);
    }

    public void Dispose()
    {
        planes.Dispose();
        sums.Dispose();
        lists.Dispose();
    }
}
