namespace GalaxyNet.Kernels;

/// <summary>A stride-1 convolution by <see cref="IWinogradTile"/>: a forward pass or an input gradient.</summary>
internal sealed class WinogradPass<TTile>(
    Device device, ImageShape sourceSize, int before, SplitFilters filters, ImageShape outputSize) : IConvolutionPass
    where TTile : struct, IWinogradTile
{
    private readonly SimdKernel<WinogradFilterWork<TTile>> transformFilters = new(device);
    private readonly SimdKernel<WinogradConvolutionWork<TTile>> convolve = new(device);
    private readonly Workspace<float> transformedFilters = new(device);
    private readonly Workspace<float> scratch = new(device);

    /// <summary>y from x.</summary>
    public static WinogradPass<TTile> Forward(Device device, Conv2dGeometry geometry)
    {
        var filters = new SplitFilters(FilterOrder.Forward(geometry), geometry.KernelHeight, TTile.Taps);
        return new(device, geometry.Input, geometry.Padding, filters, geometry.Output);
    }

    /// <summary>dx from dy.</summary>
    public static WinogradPass<TTile> BackwardInput(Device device, Conv2dGeometry geometry)
    {
        var filters = new SplitFilters(FilterOrder.Flipped(geometry), geometry.KernelHeight, TTile.Taps);
        return new(device, geometry.Output, geometry.KernelHeight - 1 - geometry.Padding, filters, geometry.Input);
    }

    public void Run(Tensor source, Tensor weight, Tensor? bias, Tensor target) =>
        Run(source, weight, bias, target, ArrayView<byte>.Empty);

    /// <summary>The output after ReLU and pooling, which it goes through while it is in registers.</summary>
    public void RunPooled(Tensor source, Tensor weight, Tensor bias, Tensor target, DeviceBuffer<byte> indices) =>
        Run(source, weight, bias, target, indices.View);

    public PassPlan PlanFor(int images)
    {
        var steps = StepsOf(images);
        string split = filters.Blocks > 1 ? ", split filters" : "";
        string name = $"F(4x4, {TTile.Taps}x{TTile.Taps}){split}";
        return new PassPlan(name, steps.Count, steps.Bands, PartsOf(steps));
    }

    public void Dispose()
    {
        transformedFilters.Dispose();
        scratch.Dispose();
    }

    private void Run(Tensor source, Tensor weight, Tensor? bias, Tensor target, ArrayView<byte> indices)
    {
        var steps = StepsOf(source.Shape[0]);
        var work = new WinogradConvolutionWork<TTile>
        {
            Source = source.Data,
            SourceSize = sourceSize,
            Before = before,
            Blocks = filters.Blocks,
            Filters = transformedFilters.AtLeast(WinogradFilterWork<TTile>.SizeOf(filters)),
            Bias = bias is null ? ArrayView<float>.Empty : bias.Data,
            Output = target.Data,
            Indices = indices,
            OutputSize = outputSize,
            Steps = steps,
            Parts = PartsOf(steps),
        };
        work.Scratch = scratch.AtLeast((long)device.Multiprocessors * work.ScratchSize(device.VectorLength));
        transformFilters.Launch(new WinogradFilterWork<TTile>
        {
            Weight = weight.Data,
            Filters = work.Filters,
            Split = filters,
        });
        convolve.Launch(work);
    }

    // As many images as fill the columns of a register tile with their tiles, or rows of a large one that hold 64 tiles
    // or more: with 12 channels these make matrices of 0.2 MB, which stay in the second-level cache with their products
    // of 0.4 MB.
    private TileSteps StepsOf(int images)
    {
        var grid = TileGrid.Over(outputSize);
        int columns = Rounding.RoundUp(grid.Count, device.VectorLength);
        int imagesAtOnce = Math.Max(1, OuterProductTile.ColumnsFor(device.VectorLength) / columns);
        int bandRows = Math.Min(grid.Rows, Rounding.CeilingDivide(64, grid.Columns));
        return new TileSteps(images, grid, imagesAtOnce, bandRows);
    }

    private int PartsOf(TileSteps steps) =>
        Math.Clamp(2 * device.Multiprocessors / steps.Count, 1, RowPanel.Count(outputSize.Channels));
}

/// <summary>
/// A stride-1 convolution of a few images at a time, or of a band of a large one: evaluate, multiply point by point,
/// interpolate. Threads split the batch; one too small for that is split by filters too.
/// </summary>
internal unsafe struct WinogradConvolutionWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    // So many panels of filters pass over a point's matrix while it is in the first-level cache; their products wait in
    // the second.
    private const int PanelsAtOnce = 4;

    public ArrayView<float> Source;
    public ImageShape SourceSize;
    public int Before;
    public int Blocks;
    public ArrayView<float> Filters;
    public ArrayView<float> Bias;
    public ArrayView<float> Output;
    public ArrayView<byte> Indices; // empty where the output is not pooled
    public ImageShape OutputSize;
    public ArrayView<float> Scratch;
    public TileSteps Steps;
    public int Parts;

    /// <summary>Floats of scratch that each thread needs, zero at first.</summary>
    public readonly int ScratchSize(int vectorLength) =>
        Layout(vectorLength).Size + ProductsSize + Rounding.RoundUp(Depth, CacheLine.Floats);

    private static int ProductsSize => PanelsAtOnce * TTile.Points * TTile.Points * OuterProductTile.MaxSize;

    private readonly int Depth => SourceSize.Channels * Blocks * Blocks;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* scratch = Scratch.Pointer() + ((long)thread * ScratchSize(TSimd.Count));
        var layout = Layout(TSimd.Count);
        var range = WorkRange.Of(Steps.Count * Parts, thread, threads);
        for (int item = range.Start; item < range.End; item++)
        {
            var tiles = Steps.At(item / Parts);
            if (item == range.Start || item % Parts == 0)
            {
                float* source = Source.Pointer() + ((long)tiles.Image * SourceSize.Count);
                layout.Fill<TSimd, TVector>(source, tiles.Images, tiles.FirstRow, scratch);
            }
            var blocks = WorkRange.Of(RowPanel.Count(OutputSize.Channels), item % Parts, Parts);
            Multiply<TSimd, TVector>(layout, scratch, tiles, blocks);
        }
    }

    private readonly WinogradInput<TTile> Layout(int vectorLength)
    {
        var band = new TileGrid(Steps.BandRows, Steps.Grid.Columns);
        return new(SourceSize, Before, Blocks, band, Steps.ImagesAtOnce, vectorLength);
    }

    private readonly void Multiply<TSimd, TVector>(
        WinogradInput<TTile> layout, float* scratch, TilesAtOnce tiles, WorkRange blocks)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int depth = Depth;
        float* products = scratch + layout.Size;
        int* rowOffsets = (int*)(products + ProductsSize);
        for (int k = 0; k < depth; k++)
            rowOffsets[k] = k * layout.Columns;
        int* columnOffsets = stackalloc int[OuterProductTile.Vectors<TSimd, TVector>()];
        int columns = tiles.Images * layout.ColumnsPerImage;
        for (int column = 0; column < columns; column += OuterProductTile.Columns<TSimd, TVector>())
        {
            int vectors = (columns - column) / TSimd.Count;
            for (int v = 0; v < OuterProductTile.Vectors<TSimd, TVector>(); v++)
                columnOffsets[v] = column + (v * TSimd.Count);
            for (int first = blocks.Start; first < blocks.End; first += PanelsAtOnce)
            {
                int last = Math.Min(first + PanelsAtOnce, blocks.End);
                for (int point = 0; point < TTile.Points * TTile.Points; point++)
                {
                    for (int block = first; block < last; block++)
                    {
                        long panel = ((long)point * RowPanel.Count(OutputSize.Channels)) + block;
                        OuterProductTile.Multiply<TSimd, TVector>(
                            LeftRows.Panel(Filters.Pointer() + (panel * RowPanel.Size(depth))),
                            layout.Matrix(scratch, point),
                            rowOffsets,
                            depth,
                            columnOffsets,
                            vectors,
                            TileTarget.Alone<TSimd, TVector>(
                                Products(products, block - first) + (point * OuterProductTile.MaxSize)));
                    }
                }
                for (int block = first; block < last; block++)
                    Interpolate<TSimd, TVector>(
                        layout,
                        Products(products, block - first),
                        tiles,
                        block * OuterProductTile.Rows,
                        column);
            }
        }
    }

    private static float* Products(float* products, int panel) =>
        products + (panel * TTile.Points * TTile.Points * OuterProductTile.MaxSize);

    private readonly void Interpolate<TSimd, TVector>(
        WinogradInput<TTile> layout, float* products, TilesAtOnce tiles, int channel, int column)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* outputs = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Size];
        int width = OuterProductTile.Columns<TSimd, TVector>();
        int rows = Math.Min(OuterProductTile.Rows, OutputSize.Channels - channel);
        for (int offset = 0; offset < width; offset += TSimd.Count)
        {
            int image = (column + offset) / layout.ColumnsPerImage;
            int tile = tiles.First + ((column + offset) % layout.ColumnsPerImage);
            int count = Math.Min(TSimd.Count, tiles.End - tile);
            for (int r = 0; r < rows && image < tiles.Images; r++)
            {
                WinogradTransform<TTile, TSimd, TVector>.Output(
                    products + (r * width) + offset, OuterProductTile.MaxSize, outputs);
                float bias = Bias.Length > 0 ? Bias.Pointer()[channel + r] : 0f;
                long plane = ((long)(tiles.Image + image) * OutputSize.Channels) + channel + r;
                if (Indices.Length > 0)
                    new PooledTiles(OutputSize, Output.Pointer(), Indices.Pointer(), plane)
                        .Store<TSimd, TVector>(outputs, bias, tile, count);
                else
                    Store<TSimd, TVector>(outputs, bias, tile, count, Output.Pointer() + (plane * OutputSize.Area));
            }
        }
    }

    private readonly void Store<TSimd, TVector>(TVector* outputs, float bias, int tile, int tiles, float* plane)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        const int Side = IWinogradTile.Outputs;
        TVector added = TSimd.Broadcast(bias);
        TVector* row = stackalloc TVector[Side];
        for (int i = 0; i < Side; i++)
        {
            TVector* y = outputs + (8 * i);
            var (even0, even1) = TSimd.Interleave(TSimd.Add(y[0], added), TSimd.Add(y[2], added));
            var (odd0, odd1) = TSimd.Interleave(TSimd.Add(y[1], added), TSimd.Add(y[3], added));
            (row[0], row[1]) = TSimd.Interleave(even0, odd0);
            (row[2], row[3]) = TSimd.Interleave(even1, odd1);
            for (int done = 0; done < tiles;)
            {
                var run = TileRun.Of(
                    Steps.Grid, tile + done, tiles - done, Side, i, OutputSize.Height, OutputSize.Width);
                SimdCopy.Run<TSimd, TVector>((float*)row + (Side * done), plane + run.Start, run.Count);
                done += run.Tiles;
            }
        }
    }
}
