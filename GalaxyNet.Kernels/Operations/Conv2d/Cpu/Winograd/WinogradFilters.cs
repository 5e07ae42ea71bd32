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

    /// <summary>Where a channel's block is in each filter.</summary>
    /// <param name="channel">The channel, each block counted.</param>
    public FilterBlock BlockOf(int channel)
    {
        int blocks = Blocks;
        var (orderedChannel, block) = Math.DivRem(channel, blocks * blocks);
        int firstRow = block / blocks * Taps;
        int firstColumn = block % blocks * Taps;
        return new FilterBlock(
            Order.IndexOf(0, orderedChannel, (firstRow * Kernel) + firstColumn),
            Math.Min(Taps, Kernel - firstRow),
            Math.Min(Taps, Kernel - firstColumn));
    }

    /// <summary>Copies a block, filled up with zeros.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="row">The filter; one past the last is all zeros.</param>
    /// <param name="block">Which block of it.</param>
    /// <param name="target">Receives its taps, row after row.</param>
    public unsafe void Read(float* weight, int row, FilterBlock block, float* target)
    {
        if (row >= Order.Rows || block.Rows < Taps || block.Columns < Taps)
            new Span<float>(target, Taps * Taps).Clear();
        if (row >= Order.Rows)
            return;
        float* taps = weight + block.Start + (row * Order.RowStride);
        int tapStride = Order.TapStride;
        for (int k = 0; k < block.Rows; k++, taps += Kernel * tapStride, target += Taps)
        {
            for (int l = 0; l < block.Columns; l++)
                target[l] = taps[l * tapStride];
        }
    }

    /// <summary>Copies taps to a block: the inverse of <see cref="Read"/>.</summary>
    public unsafe void Write(float* source, float* weight, int row, FilterBlock block)
    {
        float* taps = weight + block.Start + (row * Order.RowStride);
        int tapStride = Order.TapStride;
        for (int k = 0; k < block.Rows; k++, taps += Kernel * tapStride, source += Taps)
        {
            for (int l = 0; l < block.Columns; l++)
                taps[l * tapStride] = source[l];
        }
    }
}

/// <summary>A block of a filter.</summary>
/// <param name="Start">Where its first tap is in filter 0.</param>
/// <param name="Rows">Rows of taps.</param>
/// <param name="Columns">Columns of taps.</param>
internal readonly record struct FilterBlock(int Start, int Rows, int Columns);

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
        int pitch = Rounding.RoundUp(TTile.Taps * TTile.Taps, TSimd.Count);
        float* rows = stackalloc float[pitch * TSimd.Count];
        TVector* taps = stackalloc TVector[pitch];
        TVector* tile = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Size];
        ReadLanes(panel, first, lanes, rows, pitch);
        SimdMatrix.TransposeRows<TSimd, TVector>(rows, pitch, pitch, (float*)taps);
        WinogradTransform<TTile, TSimd, TVector>.Filter(taps, tile);

        float* target = Filters.Pointer() + ((long)panel * RowPanel.Size(Split.Channels)) + first;
        long pointSize = PointSize(Split);
        for (int point = 0; point < TTile.Points * TTile.Points; point++, target += pointSize)
        {
            float* element = (float*)(tile + (8 * (point / TTile.Points)) + (point % TTile.Points));
            SimdCopy.Run<TSimd, TVector>(element, target, lanes);
        }
    }

    // A row of taps for each lane.
    private readonly void ReadLanes(int panel, int first, int lanes, float* rows, int pitch)
    {
        var (channel, row) = Math.DivRem(first, OuterProductTile.Rows);
        var block = Split.BlockOf(channel);
        for (int lane = 0; lane < lanes; lane++, rows += pitch)
        {
            Split.Read(Weight.Pointer(), (panel * OuterProductTile.Rows) + row, block, rows);
            if (++row < OuterProductTile.Rows)
                continue;
            row = 0;
            block = Split.BlockOf(++channel);
        }
    }
}
