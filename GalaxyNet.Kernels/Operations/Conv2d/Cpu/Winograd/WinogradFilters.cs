namespace GalaxyNet.Kernels;

/// <summary>
/// Filters as <see cref="IWinogradTile"/> takes them: square ones of <paramref name="Kernel"/> taps along a side, in
/// blocks of <paramref name="Taps"/>, filled up with zeros. Each block of a channel counts as a channel.
/// </summary>
/// <param name="Order">Where the weights are.</param>
/// <param name="Kernel">The filter's side.</param>
/// <param name="Taps">A block's side.</param>
internal readonly record struct SplitFilters(FilterOrder Order, int Kernel, int Taps)
{
    /// <summary>Blocks along a side.</summary>
    public int Blocks => Rounding.CeilingDivide(Kernel, Taps);

    /// <summary>Channels, each block counted.</summary>
    public int Channels => Order.Channels * Blocks * Blocks;

    /// <summary>Copies a block to one lane of an <see cref="IWinogradTile"/>, tap (k, l) to element (k, l).</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="row">The filter; one past the last is all zeros.</param>
    /// <param name="channel">The channel, each block counted.</param>
    /// <param name="target">The lane of element (0, 0).</param>
    /// <param name="stride">Floats from an element to the next.</param>
    public unsafe void Read(float* weight, int row, int channel, float* target, int stride)
    {
        var block = BlockOf(row, channel);
        int rows = row < Order.Rows ? block.Rows : 0;
        float* taps = weight + block.Start;
        int tapStride = Order.TapStride;
        for (int k = 0; k < Taps; k++, taps += Kernel * tapStride, target += 8 * stride)
        {
            for (int l = 0; l < Taps; l++)
                target[l * stride] = k < rows && l < block.Columns ? taps[l * tapStride] : 0f;
        }
    }

    /// <summary>
    /// Copies one lane of an <see cref="IWinogradTile"/> to a block: the inverse of <see cref="Read"/>.
    /// </summary>
    public unsafe void Write(float* source, int stride, float* weight, int row, int channel)
    {
        var block = BlockOf(row, channel);
        float* taps = weight + block.Start;
        int tapStride = Order.TapStride;
        for (int k = 0; k < block.Rows; k++, taps += Kernel * tapStride, source += 8 * stride)
        {
            for (int l = 0; l < block.Columns; l++)
                taps[l * tapStride] = source[l * stride];
        }
    }

    // Where the block's first tap is, and how many rows and columns of taps it has.
    private (int Start, int Rows, int Columns) BlockOf(int row, int channel)
    {
        int blocks = Blocks;
        var (orderedChannel, block) = Math.DivRem(channel, blocks * blocks);
        int firstRow = block / blocks * Taps;
        int firstColumn = block % blocks * Taps;
        return (
            Order.IndexOf(row, orderedChannel, (firstRow * Kernel) + firstColumn),
            Math.Min(Taps, Kernel - firstRow),
            Math.Min(Taps, Kernel - firstColumn));
    }
}

/// <summary>
/// Evaluates all filters at the points, G w G^T, and packs them: for each point the <see cref="RowPanel"/>s of the
/// matrix [rows, channels]. Threads split the vectors of a point's panels.
/// </summary>
/// <remarks>
/// A panel holds its six rows of the first channel, then those of the second, and so on. Neighbors in it are in the
/// lanes, whichever row and channel they are of, so that what comes out is stored as it lies; only what goes in is
/// gathered.
/// </remarks>
internal unsafe struct WinogradFilterWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    public ArrayView<float> Weight;
    public ArrayView<float> Filters;
    public SplitFilters Split;

    /// <summary>Floats that the packed filters take.</summary>
    public static long SizeOf(SplitFilters split) => TTile.Points * TTile.Points * PointSize(split);

    private static long PointSize(SplitFilters split) =>
        (long)RowPanel.Count(split.Order.Rows) * RowPanel.Size(split.Channels);

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int panelSize = RowPanel.Size(Split.Channels);
        int vectors = Rounding.CeilingDivide(panelSize, TSimd.Count);
        var range = WorkRange.Of(RowPanel.Count(Split.Order.Rows) * vectors, thread, threads);
        for (int item = range.Start; item < range.End; item++)
        {
            int first = item % vectors * TSimd.Count;
            TransformFilters<TSimd, TVector>(item / vectors, first, Math.Min(TSimd.Count, panelSize - first));
        }
    }

    private readonly void TransformFilters<TSimd, TVector>(int panel, int first, int lanes)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* tile = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Size];
        for (int lane = 0; lane < lanes; lane++)
        {
            var (channel, row) = Math.DivRem(first + lane, OuterProductTile.Rows);
            row += panel * OuterProductTile.Rows;
            Split.Read(Weight.Pointer(), row, channel, (float*)tile + lane, TSimd.Count);
        }
        WinogradTransform<TTile, TSimd, TVector>.Filter(tile);

        float* target = Filters.Pointer() + ((long)panel * RowPanel.Size(Split.Channels)) + first;
        long pointSize = PointSize(Split);
        for (int point = 0; point < TTile.Points * TTile.Points; point++, target += pointSize)
        {
            float* element = (float*)(tile + (8 * (point / TTile.Points)) + (point % TTile.Points));
            SimdCopy.Run<TSimd, TVector>(element, target, lanes);
        }
    }
}
