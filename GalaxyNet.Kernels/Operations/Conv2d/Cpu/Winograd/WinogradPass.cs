using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>A stride-1 convolution by <see cref="IWinogradTile"/>: a forward pass or an input gradient.</summary>
internal sealed class WinogradPass<TTile>(
    Device device, ImageShape sourceSize, int before, SplitFilters filters, ImageShape outputSize) : IConvolutionPass
    where TTile : struct, IWinogradTile
{
    private readonly SimdKernel<WinogradFilterWork<TTile>> transformFilters = new(device);
    private readonly SimdKernel<WinogradConvolutionWork<TTile>> convolve = new(device);
    private readonly Workspace<float> transformedFilters = new(device);
    private readonly TensorWatch transformedWeight = new();
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
            Bias = bias is null ? ArrayView<float>.Empty : bias.ToRead(),
            Output = target.Data,
            Indices = indices,
            OutputSize = outputSize,
            Steps = steps,
            Parts = PartsOf(steps),
        };
        work.Scratch = scratch.AtLeast((long)device.Multiprocessors * work.ScratchSize(device.Registers));
        if (transformedWeight.HasChanged(weight))
            TransformFilters(weight, work.Filters);
        convolve.Launch(work);
    }

    private void TransformFilters(Tensor weight, ArrayView<float> target) =>
        transformFilters.Launch(new WinogradFilterWork<TTile>
        {
            Weight = weight.ToRead(),
            Filters = target,
            Split = filters,
        });

    // As many images as fill the columns of a register tile with their tiles, or rows of a large one that hold 64 tiles
    // or more: with 12 channels these make matrices of 0.2 MB, which stay in the second-level cache with their products
    // of 0.4 MB.
    private TileSteps StepsOf(int images)
    {
        var grid = TileGrid.Over(outputSize);
        int columns = Rounding.RoundUp(grid.Count, device.VectorLength);
        int imagesAtOnce = Math.Max(1, OuterProductTile.ColumnsFor(device.Registers) / columns);
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
    // So many panels of filters pass over a point's matrix while it is in the first-level cache.
    private const int PanelsAtOnce = 2;

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
    public readonly int ScratchSize(VectorRegisters registers) =>
        Layout(registers).Size + (PanelsAtOnce * WinogradProducts<TTile>.SizeOf(registers))
        + Rounding.RoundUp(Depth, CacheLine.Floats);

    private readonly int Depth => SourceSize.Channels * Blocks * Blocks;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var registers = VectorRegisters.Of<TSimd, TVector>();
        float* scratch = Scratch.Pointer() + ((long)thread * ScratchSize(registers));
        var layout = Layout(registers);
        var range = WorkRange.Of(Steps.Count * Parts, thread, threads);
        for (int item = range.Start; item < range.End; item++)
        {
            var tiles = Steps.At(item / Parts);
            if (item == range.Start || item % Parts == 0)
            {
                float* source = Source.Pointer() + ((long)tiles.Image * SourceSize.Count);
                layout.Fill<TSimd, TVector>(source, tiles.Images, tiles.FirstRow, scratch);
            }
            var panels = WorkRange.Of(RowPanel.Count(OutputSize.Channels), item % Parts, Parts);
            Convolve<TSimd, TVector>(layout, scratch, tiles, panels);
        }
    }

    private readonly WinogradInput<TTile> Layout(VectorRegisters registers)
    {
        var band = new TileGrid(Steps.BandRows, Steps.Grid.Columns);
        return new(SourceSize, Before, Blocks, band, Steps.ImagesAtOnce, registers);
    }

    private readonly void Convolve<TSimd, TVector>(
        WinogradInput<TTile> layout, float* scratch, TilesAtOnce tiles, WorkRange panels)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* products = scratch + layout.Size;
        int* rowOffsets = (int*)(products + (PanelsAtOnce * WinogradProducts<TTile>.SizeOf<TSimd, TVector>()));
        for (int k = 0; k < Depth; k++)
            rowOffsets[k] = k * layout.Columns;
        int vectors = OuterProductTile.Vectors<TSimd, TVector>();
        TileRun* runs = stackalloc TileRun[TileVectors.MostRuns(vectors, TSimd.Count)];
        int columns = tiles.Images * layout.ColumnsPerImage;
        for (int column = 0; column < columns; column += OuterProductTile.Columns<TSimd, TVector>())
        {
            var target = new TileVectors(tiles, layout.ColumnsPerImage, column, vectors, TSimd.Count, runs);
            for (int first = panels.Start; first < panels.End; first += PanelsAtOnce)
            {
                var group = new WorkRange(first, Math.Min(first + PanelsAtOnce, panels.End));
                Multiply<TSimd, TVector>(layout, scratch, rowOffsets, column, target.Count, group, products);
                for (int panel = group.Start; panel < group.End; panel++)
                    Interpolate<TSimd, TVector>(ProductsOf<TSimd, TVector>(products, panel - first), panel, target);
            }
        }
    }

    private static WinogradProducts<TTile> ProductsOf<TSimd, TVector>(float* products, int panel)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => new(products + (panel * WinogradProducts<TTile>.SizeOf<TSimd, TVector>()));

    private readonly void Multiply<TSimd, TVector>(
        WinogradInput<TTile> layout,
        float* scratch,
        int* rowOffsets,
        int column,
        int vectors,
        WorkRange panels,
        float* products)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int* columnOffsets = stackalloc int[OuterProductTile.Vectors<TSimd, TVector>()];
        for (int v = 0; v < OuterProductTile.Vectors<TSimd, TVector>(); v++)
            columnOffsets[v] = column + (v * TSimd.Count);
        int panelSize = RowPanel.Size(Depth);
        for (int row = 0; row < TTile.Points; row++)
        {
            for (int j = 0; j < TTile.Points; j++)
            {
                int point = (row * TTile.Points) + j;
                float* matrix = layout.Matrix(scratch, point);
                long first = (long)point * RowPanel.Count(OutputSize.Channels);
                for (int panel = panels.Start; panel < panels.End; panel++)
                {
                    OuterProductTile.Multiply<TSimd, TVector>(
                        LeftRows.Panel(Filters.Pointer() + ((first + panel) * panelSize)),
                        matrix,
                        rowOffsets,
                        Depth,
                        columnOffsets,
                        vectors,
                        TileTarget.Alone<TSimd, TVector>(
                            ProductsOf<TSimd, TVector>(products, panel - panels.Start).OfPoint<TSimd, TVector>(j)));
                }
            }
            for (int panel = panels.Start; panel < panels.End; panel++)
                ProductsOf<TSimd, TVector>(products, panel - panels.Start).InterpolateRow<TSimd, TVector>(row, vectors);
        }
    }

    private readonly void Interpolate<TSimd, TVector>(WinogradProducts<TTile> products, int panel, TileVectors target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int channel = panel * OuterProductTile.Rows;
        int rows = Math.Min(OuterProductTile.Rows, OutputSize.Channels - channel);
        for (int r = 0; r < rows; r++)
        {
            float bias = Bias.Length > 0 ? Bias.Pointer()[channel + r] : 0f;
            for (int v = 0; v < target.Count; v++)
            {
                TileRun* runs = target.RunsOf(v);
                long plane = ((long)runs->Image * OutputSize.Channels) + channel + r;
                if (Indices.Length > 0)
                    new PooledTiles(OutputSize, Output.Pointer(), Indices.Pointer(), plane)
                        .Store<TTile, TSimd, TVector>(products, r, v, bias, runs);
                else
                    Store<TSimd, TVector>(products, r, v, bias, runs, Output.Pointer() + (plane * OutputSize.Area));
            }
        }
    }

    private readonly void Store<TSimd, TVector>(
        WinogradProducts<TTile> products, int r, int vector, float bias, TileRun* runs, float* plane)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        const int Side = IWinogradTile.Outputs;
        TVector added = TSimd.Broadcast(bias);
        TVector* rows = stackalloc TVector[Side * Side];
        var (y00, y10, y20, y30) = products.Column<TSimd, TVector>(r, vector, 0);
        var (y01, y11, y21, y31) = products.Column<TSimd, TVector>(r, vector, 1);
        var (y02, y12, y22, y32) = products.Column<TSimd, TVector>(r, vector, 2);
        var (y03, y13, y23, y33) = products.Column<TSimd, TVector>(r, vector, 3);
        Interleave<TSimd, TVector>(y00, y01, y02, y03, added, rows);
        Interleave<TSimd, TVector>(y10, y11, y12, y13, added, rows + Side);
        Interleave<TSimd, TVector>(y20, y21, y22, y23, added, rows + (2 * Side));
        Interleave<TSimd, TVector>(y30, y31, y32, y33, added, rows + (3 * Side));
        float* pixels = (float*)rows;
        for (; runs->Tiles > 0; pixels += Side * runs->Tiles, runs++)
        {
            int firstRow = Side * runs->Row;
            int firstColumn = Side * runs->Column;
            int columns = Math.Min(Side * runs->Tiles, OutputSize.Width - firstColumn);
            float* target = plane + (firstRow * OutputSize.Width) + firstColumn;
            for (int i = 0; i < Math.Min(Side, OutputSize.Height - firstRow); i++, target += OutputSize.Width)
                SimdCopy.Run<TSimd, TVector>(pixels + (i * Side * TSimd.Count), target, columns);
        }
    }

    // A row of each tile, one tile after the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave<TSimd, TVector>(
        TVector y0, TVector y1, TVector y2, TVector y3, TVector bias, TVector* row)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        (row[0], row[1], row[2], row[3]) = SimdMatrix.Interleave<TSimd, TVector>(
            TSimd.Add(y0, bias), TSimd.Add(y1, bias), TSimd.Add(y2, bias), TSimd.Add(y3, bias));
    }
}
