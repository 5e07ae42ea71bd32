using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// Convolves padded planes with packed filters. Threads split the images; each pads an image just before it convolves it,
/// while it is in the cache. A batch too small for that is split by filters too, and padded by a launch of its own before.
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
                StoreVector<TSimd, TVector>(
                    row + (v * TSimd.Count), bias, target + pixels.Offset(first + v, OutputSize.Width), pixels.Length(first + v));
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

/// <summary>The pixels of an image as vectors that never cross the end of a row; the last of a row may be only partly full.</summary>
internal readonly struct PixelVectors(ImageShape size, int vectorLength)
{
    private readonly int perRow = (size.Width + vectorLength - 1) / vectorLength;

    /// <summary>Vectors in all.</summary>
    public int Count => size.Height * perRow;

    /// <summary>Where a vector starts when rows are <paramref name="pitch"/> apart.</summary>
    public int Offset(int vector, int pitch) => (vector / perRow * pitch) + (vector % perRow * vectorLength);

    /// <summary>Pixels in a vector.</summary>
    public int Length(int vector) => Math.Min(vectorLength, size.Width - (vector % perRow * vectorLength));
}
