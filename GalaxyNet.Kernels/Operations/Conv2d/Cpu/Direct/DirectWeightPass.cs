namespace GalaxyNet.Kernels;

/// <summary>The direct <see cref="IWeightGradientPass"/>, on padded planes of its own.</summary>
internal sealed class DirectWeightPass(Device device, Conv2dGeometry geometry) : IWeightGradientPass
{
    // A few channels' gradients, this many pixels of each, stay in the first-level cache while all taps pass over them.
    private const int PixelsInCache = 2048;

    private readonly SimdKernel<WeightGradientWork> multiply = new(device);
    private readonly SimdKernel<PadWork> pad = new(device);
    private readonly ChannelSum channelSum = new(device);
    private readonly PaddedPlanes inputPlanes = PaddedPlanes.OfInput(geometry, device.VectorLength);
    private readonly PaddedPlanes outputRows = PaddedPlanes.OfOutputRows(geometry, device.VectorLength);
    private readonly Workspace<float> paddedInput = new(device);
    private readonly Workspace<float> paddedOutputRows = new(device);
    private readonly DeviceBuffer<int> tapOffsets = device.AllocateBuffer<int>(
        PaddedPlanes.OfInput(geometry, device.VectorLength).Taps(geometry.KernelHeight, geometry.KernelWidth));

    private int ImagesAtOnce => Math.Max(1, PixelsInCache / outputRows.PlaneSize);

    private int RowsAtOnce => Math.Clamp(PixelsInCache / outputRows.Pitch, 1, outputRows.PlaneHeight);

    public void Run(Tensor input, Tensor outputGradient, Tensor weightGradient, Tensor biasGradient)
    {
        int images = input.Shape[0];
        var rows = outputGradient.Data;
        if (outputRows.Pitch != outputRows.Width)
            rows = Pad(outputGradient, outputRows, paddedOutputRows);
        multiply.Launch(new WeightGradientWork
        {
            Planes = Pad(input, inputPlanes, paddedInput),
            PlanesLayout = inputPlanes,
            TapOffsets = tapOffsets.View,
            OutputRows = rows,
            OutputLayout = outputRows,
            WeightGradient = weightGradient.Data,
            Images = images,
            ImagesAtOnce = ImagesAtOnce,
            RowsAtOnce = RowsAtOnce,
            Taps = geometry.WindowSize,
        });
        channelSum.Sum(outputGradient, biasGradient);
    }

    public PassPlan PlanFor(int images)
    {
        int bands = Rounding.CeilingDivide(outputRows.PlaneHeight, RowsAtOnce);
        return new PassPlan("direct", bands * Rounding.CeilingDivide(images, ImagesAtOnce), bands, Parts: 1);
    }

    public void Dispose()
    {
        channelSum.Dispose();
        paddedInput.Dispose();
        paddedOutputRows.Dispose();
        tapOffsets.Dispose();
    }

    private ArrayView<float> Pad(Tensor source, PaddedPlanes layout, Workspace<float> workspace)
    {
        int images = source.Shape[0];
        var planes = workspace.AtLeast((long)images * layout.ImageSize);
        pad.Launch(new PadWork { Source = source.Data, Planes = planes, Layout = layout, Images = images });
        return planes;
    }
}

/// <summary>
/// The weight gradient: for each output channel and each tap, the dot product of the channel's gradient with the image
/// seen through the tap. Threads split the (channel, tap) pairs, so each weight is summed by one thread, always in the
/// same order.
/// </summary>
internal unsafe struct WeightGradientWork : ISimdWork
{
    public ArrayView<float> Planes;
    public PaddedPlanes PlanesLayout;
    public ArrayView<int> TapOffsets;
    public ArrayView<float> OutputRows;
    public PaddedPlanes OutputLayout;
    public ArrayView<float> WeightGradient;
    public int Images;
    public int ImagesAtOnce;
    public int RowsAtOnce;
    public int Taps;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int channelBlocks = Rounding.CeilingDivide(OutputLayout.Channels, DotProductTile.RowsOfA<TSimd, TVector>());
        int tapBlocks = Rounding.CeilingDivide(Taps, DotProductTile.RowsOfB);
        var range = WorkRange.Of(channelBlocks * tapBlocks, thread, threads);
        for (int image = 0; image < Images; image += ImagesAtOnce)
        {
            for (int row = 0; row < OutputLayout.PlaneHeight; row += RowsAtOnce)
            {
                var path = new DotProductPath(
                    Math.Min(ImagesAtOnce, Images - image),
                    Math.Min(RowsAtOnce, OutputLayout.PlaneHeight - row),
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

    private readonly void AddTile<TSimd, TVector>(
        int image, int row, in DotProductPath path, int channelBlock, int tapBlock)
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
