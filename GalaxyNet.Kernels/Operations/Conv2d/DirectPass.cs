using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>A stride-1 convolution of a batch: the forward pass of <see cref="Conv2dCpu"/>, or its input gradient.</summary>
internal interface IConvolutionPass : IDisposable
{
    void Run(Tensor source, Tensor weight, Tensor? bias, Tensor target);
}

/// <summary>A convolution that can apply ReLU and pooling to its output while it is in registers.</summary>
internal interface IPoolingPass : IConvolutionPass
{
    void RunPooled(Tensor source, Tensor weight, Tensor bias, Tensor target, DeviceBuffer<byte> indices);
}

/// <summary>The weight gradient of a batch.</summary>
internal interface IWeightGradientPass : IDisposable
{
    void Run(Tensor input, Tensor outputGradient, Tensor weightGradient);
}

/// <summary>The direct <see cref="IConvolutionPass"/>, on padded planes. It owns the planes and the packed filters.</summary>
internal sealed class DirectPass(
    Device device, PaddedPlanes layout, FilterOrder filters, Conv2dGeometry geometry, ImageShape output) : IConvolutionPass
{
    // Enough pieces for each thread to get a fair share of a small batch.
    private const int PiecesPerThread = 4;

    private readonly SimdKernel<PackFiltersWork> pack = new(device);
    private readonly SimdKernel<PadWork> pad = new(device);
    private readonly SimdKernel<ConvolutionWork> convolve = new(device);
    private readonly Workspace<float> packedFilters = new(device);
    private readonly Workspace<float> planes = new(device);
    private readonly DeviceBuffer<int> tapOffsets =
        device.AllocateBuffer<int>(layout.Taps(geometry.KernelHeight, geometry.KernelWidth));

    public void Run(Tensor source, Tensor weight, Tensor? bias, Tensor target)
    {
        int images = source.Shape[0];
        int blocks = RowPanel.Count(filters.Rows);
        int parts = Math.Clamp(PiecesPerThread * device.Multiprocessors / images, 1, blocks);
        var work = new ConvolutionWork
        {
            Source = source.Data,
            Planes = planes.AtLeast((long)images * layout.ImageSize),
            Layout = layout,
            TapOffsets = tapOffsets.View,
            Filters = packedFilters.AtLeast(blocks * RowPanel.Size(filters.Depth)),
            Depth = filters.Depth,
            Bias = bias is null ? ArrayView<float>.Empty : bias.Data,
            Output = target.Data,
            OutputSize = output,
            Images = images,
            Parts = parts,
        };
        pack.Launch(new PackFiltersWork { Weight = weight.Data, Filters = work.Filters, Order = filters });
        if (parts > 1)
            pad.Launch(new PadWork { Source = work.Source, Planes = work.Planes, Layout = layout, Images = images });
        convolve.Launch(work);
    }

    public void Dispose()
    {
        packedFilters.Dispose();
        planes.Dispose();
        tapOffsets.Dispose();
    }
}
