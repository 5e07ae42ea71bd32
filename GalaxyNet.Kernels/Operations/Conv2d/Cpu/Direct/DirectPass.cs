namespace GalaxyNet.Kernels;

/// <summary>
/// The direct <see cref="IConvolutionPass"/>, on padded planes. It owns the planes and the packed filters.
/// </summary>
internal sealed class DirectPass(
    Device device, PaddedPlanes layout, FilterOrder filters, Conv2dGeometry geometry, ImageShape output)
    : IConvolutionPass
{
    // Enough pieces for each thread to get a fair share of a small batch.
    private const int PiecesPerThread = 4;

    private readonly SimdKernel<PackFiltersWork> pack = new(device);
    private readonly SimdKernel<PadWork> pad = new(device);
    private readonly SimdKernel<ConvolutionWork> convolve = new(device);
    private readonly Workspace<float> packedFilters = new(device);
    private readonly TensorWatch packedWeight = new();
    private readonly Workspace<float> planes = new(device);
    private readonly DeviceBuffer<int> tapOffsets =
        device.AllocateBuffer<int>(layout.Taps(geometry.KernelHeight, geometry.KernelWidth));

    /// <summary>y from x.</summary>
    public static DirectPass Forward(Device device, Conv2dGeometry geometry)
    {
        var layout = PaddedPlanes.OfInput(geometry, device.VectorLength);
        return new(device, layout, FilterOrder.Forward(geometry), geometry, geometry.Output);
    }

    /// <summary>dx from dy.</summary>
    public static DirectPass BackwardInput(Device device, Conv2dGeometry geometry)
    {
        var layout = PaddedPlanes.OfOutputGradient(geometry, device.VectorLength);
        return new(device, layout, FilterOrder.Flipped(geometry), geometry, geometry.Input);
    }

    public void Run(Tensor source, Tensor weight, Tensor? bias, Tensor target)
    {
        int images = source.Shape[0];
        var work = new ConvolutionWork
        {
            Source = source.Data,
            Planes = planes.AtLeast((long)images * layout.ImageSize),
            Layout = layout,
            TapOffsets = tapOffsets.View,
            Filters = packedFilters.AtLeast(RowPanel.Count(filters.Rows) * RowPanel.Size(filters.Depth)),
            Depth = filters.Depth,
            Bias = bias is null ? ArrayView<float>.Empty : bias.ToRead(),
            Output = target.Data,
            OutputSize = output,
            Images = images,
            Parts = PlanFor(images).Parts,
        };
        if (packedWeight.HasChanged(weight))
            pack.Launch(new PackFiltersWork { Weight = weight.ToRead(), Filters = work.Filters, Order = filters });
        if (work.Parts > 1)
            pad.Launch(new PadWork { Source = work.Source, Planes = work.Planes, Layout = layout, Images = images });
        convolve.Launch(work);
    }

    public PassPlan PlanFor(int images)
    {
        int parts = Math.Clamp(PiecesPerThread * device.Multiprocessors / images, 1, RowPanel.Count(filters.Rows));
        return new PassPlan("direct", Steps: images, Bands: 1, parts);
    }

    public void Dispose()
    {
        packedFilters.Dispose();
        planes.Dispose();
        tapOffsets.Dispose();
    }
}

/// <summary>Packs the weight into <see cref="RowPanel"/>s. Threads split the panels.</summary>
internal struct PackFiltersWork : ISimdWork
{
    public ArrayView<float> Weight;
    public ArrayView<float> Filters;
    public FilterOrder Order;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly unsafe void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* weight = Weight.Pointer();
        var range = WorkRange.Of(RowPanel.Count(Order.Rows), thread, threads);
        float* panel = Filters.Pointer() + ((long)range.Start * RowPanel.Size(Order.Depth));
        for (int block = range.Start; block < range.End; block++)
        {
            for (int channel = 0; channel < Order.Channels; channel++)
            {
                for (int tap = 0; tap < Order.Taps; tap++)
                {
                    for (int r = 0; r < OuterProductTile.Rows; r++)
                    {
                        int row = (block * OuterProductTile.Rows) + r;
                        *panel++ = row < Order.Rows ? weight[Order.IndexOf(row, channel, tap)] : 0f;
                    }
                }
            }
        }
    }
}

/// <summary>
/// Convolves padded planes with packed filters. Threads split the images; each pads an image just before it convolves
/// it, while it is in the cache. A batch too small for that is split by filters too, and padded by a launch of its own.
/// </summary>
internal unsafe struct ConvolutionWork : ISimdWork
{
    public ArrayView<float> Source;
    public ArrayView<float> Planes;
    public PaddedPlanes Layout;
    public ArrayView<int> TapOffsets;
    public ArrayView<float> Filters;
    public int Depth;
    public ArrayView<float> Bias;
    public ArrayView<float> Output;
    public ImageShape OutputSize;
    public int Images;
    public int Parts;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Images * Parts, thread, threads);
        for (int item = range.Start; item < range.End; item++)
        {
            int image = item / Parts;
            if (Parts == 1)
                Pad(image);
            Convolve<TSimd, TVector>(image, WorkRange.Of(RowPanel.Count(OutputSize.Channels), item % Parts, Parts));
        }
    }

    private readonly void Pad(int image) => Layout.CopyChannels(
        Source.Pointer(),
        Planes.Pointer(),
        new WorkRange(image * Layout.Channels, (image + 1) * Layout.Channels));

    private readonly void Convolve<TSimd, TVector>(int image, WorkRange blocks)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* planes = Planes.Pointer() + ((long)image * Layout.ImageSize);
        float* filters = Filters.Pointer();
        int* taps = TapOffsets.Pointer();
        float* tile = stackalloc float[OuterProductTile.MaxSize];
        var pixels = new PixelVectors(OutputSize, TSimd.Count);
        int* columns = stackalloc int[OuterProductTile.Vectors<TSimd, TVector>()];
        for (int first = 0; first < pixels.Count; first += OuterProductTile.Vectors<TSimd, TVector>())
        {
            for (int v = 0; v < OuterProductTile.Vectors<TSimd, TVector>(); v++)
                columns[v] = pixels.Offset(Math.Min(first + v, pixels.Count - 1), Layout.Pitch);
            for (int block = blocks.Start; block < blocks.End; block++)
            {
                float* panel = filters + ((long)block * RowPanel.Size(Depth));
                OuterProductTile.Multiply<TSimd, TVector>(
                    LeftRows.Panel(panel),
                    planes,
                    taps,
                    Depth,
                    columns,
                    pixels.Count - first,
                    TileTarget.Alone<TSimd, TVector>(tile));
                Store<TSimd, TVector>(tile, pixels, first, image, block * OuterProductTile.Rows);
            }
        }
    }

    private readonly void Store<TSimd, TVector>(float* tile, PixelVectors pixels, int first, int image, int channel)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* output = Output.Pointer() + ((long)image * OutputSize.Count);
        int vectors = Math.Min(OuterProductTile.Vectors<TSimd, TVector>(), pixels.Count - first);
        int rows = Math.Min(OuterProductTile.Rows, OutputSize.Channels - channel);
        for (int r = 0; r < rows; r++)
        {
            float bias = Bias.Length > 0 ? Bias.Pointer()[channel + r] : 0f;
            float* row = tile + (r * OuterProductTile.Columns<TSimd, TVector>());
            float* target = output + ((channel + r) * OutputSize.Area);
            for (int v = 0; v < vectors; v++)
            {
                float* vector = target + pixels.Offset(first + v, OutputSize.Width);
                StoreVector<TSimd, TVector>(row + (v * TSimd.Count), bias, vector, pixels.Length(first + v));
            }
        }
    }

    private static void StoreVector<TSimd, TVector>(float* source, float bias, float* target, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (length == TSimd.Count)
        {
            TSimd.Store(TSimd.Add(TSimd.Load(source), TSimd.Broadcast(bias)), target);
            return;
        }
        for (int i = 0; i < length; i++)
            target[i] = source[i] + bias;
    }
}

/// <summary>
/// The pixels of an image as vectors that never cross the end of a row; the last of a row may be only partly full.
/// </summary>
internal readonly struct PixelVectors(ImageShape size, int vectorLength)
{
    private readonly int perRow = Rounding.CeilingDivide(size.Width, vectorLength);

    /// <summary>Vectors in all.</summary>
    public int Count => size.Height * perRow;

    /// <summary>Where a vector starts when rows are <paramref name="pitch"/> apart.</summary>
    public int Offset(int vector, int pitch) => (vector / perRow * pitch) + (vector % perRow * vectorLength);

    /// <summary>Pixels in a vector.</summary>
    public int Length(int vector) => Math.Min(vectorLength, size.Width - (vector % perRow * vectorLength));
}
