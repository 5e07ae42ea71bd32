using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// A stride-1 convolution of a few images at a time, or of a band of a large one: evaluate, multiply point by point, interpolate.
/// Threads split the batch; one too small for that is split by filters too.
/// </summary>
internal unsafe struct WinogradConvolutionWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    // So many panels of filters pass over a point's matrix while it is in the first-level cache; their products wait in the second.
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
        TVector* places = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Places];
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
                    products + (r * width) + offset, OuterProductTile.MaxSize, places);
                float bias = Bias.Length > 0 ? Bias.Pointer()[channel + r] : 0f;
                long plane = ((long)(tiles.Image + image) * OutputSize.Channels) + channel + r;
                if (Indices.Length > 0)
                    new PooledTiles(OutputSize, Output.Pointer(), Indices.Pointer(), plane)
                        .Store<TSimd, TVector>(places, bias, tile, count);
                else
                    StoreTiles<TSimd, TVector>(places, bias, tile, count, Output.Pointer() + (plane * OutputSize.Area));
            }
        }
    }

    private readonly void StoreTiles<TSimd, TVector>(TVector* places, float bias, int tile, int tiles, float* plane)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector added = TSimd.Broadcast(bias);
        TVector* row = stackalloc TVector[IWinogradTile.Outputs];
        for (int i = 0; i < IWinogradTile.Outputs; i++)
        {
            TVector* y = places + (8 * i);
            var (even0, even1) = TSimd.Interleave(TSimd.Add(y[0], added), TSimd.Add(y[2], added));
            var (odd0, odd1) = TSimd.Interleave(TSimd.Add(y[1], added), TSimd.Add(y[3], added));
            (row[0], row[1]) = TSimd.Interleave(even0, odd0);
            (row[2], row[3]) = TSimd.Interleave(even1, odd1);
            StoreRow<TSimd, TVector>((float*)row, Steps.Grid, tile, tiles, i, plane);
        }
    }

    // The tiles of a vector may lie on several rows of the grid: each run on one row is one run of pixels.
    private readonly void StoreRow<TSimd, TVector>(
        float* pixels, TileGrid grid, int tile, int tiles, int i, float* plane)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int done = 0; done < tiles;)
        {
            int gridRow = (tile + done) / grid.Columns;
            int gridColumn = (tile + done) % grid.Columns;
            int run = Math.Min(tiles - done, grid.Columns - gridColumn);
            int y = (IWinogradTile.Outputs * gridRow) + i;
            int x = IWinogradTile.Outputs * gridColumn;
            if (y < OutputSize.Height)
            {
                int count = Math.Min(IWinogradTile.Outputs * run, OutputSize.Width - x);
                SimdCopy.Run<TSimd, TVector>(
                    pixels + (IWinogradTile.Outputs * done), plane + (y * OutputSize.Width) + x, count);
            }
            done += run;
        }
    }
}
