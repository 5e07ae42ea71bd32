using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// The weight gradient: for each output channel and each tap, the dot product of the channel's gradient with the image seen
/// through the tap. Threads split the (channel, tap) pairs, so each weight is summed by one thread, always in the same order.
/// </summary>
internal unsafe struct WeightGradientWork : ISimdWork
{
    // A few channels' gradients, this many pixels of each, stay in the first-level cache while all taps pass over them.
    private const int PixelsInCache = 2048;

    public ArrayView<float> Planes;
    public PaddedPlanes PlanesLayout;
    public ArrayView<int> TapOffsets;
    public ArrayView<float> OutputRows;
    public PaddedPlanes OutputLayout;
    public ArrayView<float> WeightGradient;
    public int Images;
    public int Taps;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int channelBlocks = (OutputLayout.Channels - 1) / DotProductTile.RowsOfA<TSimd, TVector>() + 1;
        int tapBlocks = ((Taps - 1) / DotProductTile.RowsOfB) + 1;
        var range = WorkRange.Of(channelBlocks * tapBlocks, thread, threads);
        int rows = Math.Clamp(PixelsInCache / OutputLayout.Pitch, 1, OutputLayout.PlaneHeight);
        int images = Math.Max(1, PixelsInCache / OutputLayout.PlaneSize);
        for (int image = 0; image < Images; image += images)
        {
            for (int row = 0; row < OutputLayout.PlaneHeight; row += rows)
            {
                var path = new DotProductPath(
                    Math.Min(images, Images - image),
                    Math.Min(rows, OutputLayout.PlaneHeight - row),
                    OutputLayout.Pitch,
                    OutputLayout.ImageSize,
                    PlanesLayout.ImageSize,
                    OutputLayout.Pitch,
                    PlanesLayout.Pitch);
                for (int item = range.Start; item < range.End; item++)
                    AddTile<TSimd, TVector>(image, row, path, item / tapBlocks, item % tapBlocks);
            }
        }
    }

    private readonly void AddTile<TSimd, TVector>(int image, int row, in DotProductPath path, int channelBlock, int tapBlock)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int channelsInTile = DotProductTile.RowsOfA<TSimd, TVector>();
        int channel = channelBlock * channelsInTile;
        int tap = tapBlock * DotProductTile.RowsOfB;
        int* channels = stackalloc int[DotProductTile.MaxRowsOfA];
        int* taps = stackalloc int[DotProductTile.RowsOfB];
        float* sums = stackalloc float[DotProductTile.MaxRowsOfA * DotProductTile.RowsOfB];
        for (int g = 0; g < channelsInTile; g++)
            channels[g] = Math.Min(channel + g, OutputLayout.Channels - 1) * OutputLayout.PlaneSize;
        for (int t = 0; t < DotProductTile.RowsOfB; t++)
            taps[t] = TapOffsets.Pointer()[Math.Min(tap + t, Taps - 1)];
        DotProductTile.Multiply<TSimd, TVector>(
            OutputRows.Pointer() + ((long)image * OutputLayout.ImageSize) + (row * OutputLayout.Pitch),
            channels,
            Planes.Pointer() + ((long)image * PlanesLayout.ImageSize) + (row * PlanesLayout.Pitch),
            taps,
            path,
            sums);

        bool isFirst = image == 0 && row == 0;
        float* gradient = WeightGradient.Pointer();
        for (int g = 0; g < Math.Min(channelsInTile, OutputLayout.Channels - channel); g++)
        {
            for (int t = 0; t < Math.Min(DotProductTile.RowsOfB, Taps - tap); t++)
            {
                long weight = ((long)(channel + g) * Taps) + tap + t;
                float sum = sums[(t * channelsInTile) + g];
                gradient[weight] = isFirst ? sum : gradient[weight] + sum;
            }
        }
    }
}
