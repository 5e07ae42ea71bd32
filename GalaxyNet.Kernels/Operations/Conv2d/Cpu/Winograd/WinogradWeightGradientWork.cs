namespace GalaxyNet.Kernels;

/// <summary>
/// The weight gradient at the points: for each of them the product of the left factor's matrix [tiles, channels],
/// transposed, with the right one's. Threads split the parts of the batch, and the pairs of points of each. A part has
/// sums of its own, which <see cref="WinogradWeightReductionWork{TTile}"/> adds up in their order. Whoever takes a
/// part's first pair also adds up its output gradient, which is the bias gradient.
/// </summary>
internal unsafe struct WinogradWeightGradientWork<TTile, TLeft, TRight> : ISimdWork
    where TTile : struct, IWinogradTile
    where TLeft : struct, IChannelSource
    where TRight : struct, IChannelSource
{
    // Each pair of points goes through the pixels of a few steps by itself: three times as many numbers as it has sums,
    // which come into the second-level cache for that and leave it for the next pair's.
    private const int PixelsForSums = 3;

    public TLeft Left;
    public int LeftPitch; // floats from a tile to the next in its matrices
    public TRight Right;
    public int RightPitch;
    public int ProductSize;
    public ArrayView<float> Sums;
    public ArrayView<float> BiasSums;
    public int BiasPitch; // floats from a part's to the next part's
    public ArrayView<float> Scratch;
    public TileSteps Steps;
    public int Parts;

    private readonly PointPairMatrices<TTile, TLeft> LeftMatrices => new(Left, Steps, LeftPitch);

    private readonly PointPairMatrices<TTile, TRight> RightMatrices => new(Right, Steps, RightPitch);

    /// <summary>Floats of scratch that each thread needs, zero at first.</summary>
    public readonly int ScratchSize(int vectorLength) =>
        MatricesSize + StageMemory(vectorLength) + (StepsAtOnce(vectorLength) * StageSize(vectorLength));

    // The matrices of both factors, and where the rows of the right ones start.
    private readonly int MatricesSize =>
        Rounding.RoundUp(LeftMatrices.Size + RightMatrices.Size + Steps.MostTiles, CacheLine.Floats);

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* scratch = Scratch.Pointer() + ((long)thread * ScratchSize(TSimd.Count));
        var range = WorkRange.Of(Parts * TTile.Pairs, thread, threads);
        for (int item = range.Start; item < range.End;)
        {
            int part = item / TTile.Pairs;
            int end = Math.Min(range.End, (part + 1) * TTile.Pairs);
            var pairs = new WorkRange(item % TTile.Pairs, end - (part * TTile.Pairs));
            AddPart<TSimd, TVector>(part, pairs, scratch);
            item = end;
        }
    }

    private readonly int StageSize(int vectorLength) =>
        LeftMatrices.StageSize(vectorLength) + RightMatrices.StageSize(vectorLength);

    private readonly int StageMemory(int vectorLength) => Rounding.RoundUp(
        Math.Max(LeftMatrices.StageMemory(vectorLength), RightMatrices.StageMemory(vectorLength)), CacheLine.Floats);

    private readonly int StepsAtOnce(int vectorLength) =>
        Math.Clamp(
            PixelsForSums * 2 * TTile.Points * ProductSize / StageSize(vectorLength),
            1,
            Rounding.CeilingDivide(Steps.Count, Parts));

    private readonly void AddPart<TSimd, TVector>(int part, WorkRange pairs, float* scratch)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* sums = Sums.Pointer() + ((long)part * TTile.Points * TTile.Points * ProductSize);
        var steps = WorkRange.Of(Steps.Count, part, Parts);
        int stepsAtOnce = StepsAtOnce(TSimd.Count);
        float* memory = scratch + MatricesSize;
        float* staged = memory + StageMemory(TSimd.Count);
        for (int first = steps.Start; first < steps.End; first += stepsAtOnce)
        {
            var taken = new WorkRange(first, Math.Min(first + stepsAtOnce, steps.End));
            Stage<TSimd, TVector>(taken, memory, staged);
            if (pairs.Start == 0)
                AddBias<TSimd, TVector>(part, taken, first > steps.Start, staged);
            for (int pair = pairs.Start; pair < pairs.End; pair++)
                AddSteps<TSimd, TVector>(pair, taken, first > steps.Start, staged, scratch, sums);
        }
    }

    private readonly void Stage<TSimd, TVector>(WorkRange steps, float* memory, float* staged)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int step = steps.Start; step < steps.End; step++, staged += StageSize(TSimd.Count))
        {
            LeftMatrices.Stage<TSimd, TVector>(Steps.At(step), memory, staged);
            RightMatrices.Stage<TSimd, TVector>(
                Steps.At(step), memory, staged + LeftMatrices.StageSize(TSimd.Count));
        }
    }

    private readonly void AddBias<TSimd, TVector>(int part, WorkRange steps, bool adds, float* staged)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* sums = BiasSums.Pointer() + ((long)part * BiasPitch);
        if (!adds)
            new Span<float>(sums, BiasPitch).Clear();
        for (int step = steps.Start; step < steps.End; step++, staged += StageSize(TSimd.Count))
        {
            if (LeftMatrices.IsGradient)
                LeftMatrices.AddPixels<TSimd, TVector>(Steps.At(step), staged, sums);
            else
                RightMatrices.AddPixels<TSimd, TVector>(
                    Steps.At(step), staged + LeftMatrices.StageSize(TSimd.Count), sums);
        }
    }

    private readonly float* RowOf(float* sums, int pair, int which) =>
        sums + ((long)IWinogradTile.PointOf<TTile>(pair, which) * TTile.Points * ProductSize);

    private readonly void AddSteps<TSimd, TVector>(
        int pair, WorkRange steps, bool adds, float* staged, float* scratch, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var left = LeftMatrices;
        var right = RightMatrices;
        float* rightMemory = scratch + left.Size;
        int* rowOffsets = (int*)(rightMemory + right.Size);
        for (int k = 0; k < Steps.MostTiles; k++)
            rowOffsets[k] = k * right.Pitch;
        for (int step = steps.Start; step < steps.End; step++, staged += StageSize(TSimd.Count))
        {
            var tiles = Steps.At(step);
            left.Fill<TSimd, TVector>(pair, staged, tiles, scratch);
            right.Fill<TSimd, TVector>(pair, staged + left.StageSize(TSimd.Count), tiles, rightMemory);
            for (int point = 0; point < 2 * TTile.Points; point++)
            {
                AddProduct<TSimd, TVector>(
                    left.Matrix(scratch, point),
                    right.Matrix(rightMemory, point),
                    rowOffsets,
                    tiles.Count,
                    adds || step > steps.Start ? TileStore.Adds : TileStore.Overwrites,
                    RowOf(sums, pair, point / TTile.Points) + (point % TTile.Points * ProductSize));
            }
        }
    }

    private readonly void AddProduct<TSimd, TVector>(
        float* left, float* right, int* rowOffsets, int depth, TileStore mode, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int* columnOffsets = stackalloc int[OuterProductTile.Vectors<TSimd, TVector>()];
        for (int column = 0; column < RightPitch; column += OuterProductTile.Columns<TSimd, TVector>())
        {
            for (int v = 0; v < OuterProductTile.Vectors<TSimd, TVector>(); v++)
                columnOffsets[v] = column + (v * TSimd.Count);
            for (int row = 0; row < ProductSize / RightPitch; row += OuterProductTile.Rows)
            {
                OuterProductTile.Multiply<TSimd, TVector>(
                    new LeftRows(left + row, 1, LeftPitch),
                    right,
                    rowOffsets,
                    depth,
                    columnOffsets,
                    OuterProductTile.Vectors<TSimd, TVector>(),
                    new TileTarget(sums + ((long)row * RightPitch) + column, RightPitch, mode));
            }
        }
    }
}

/// <summary>
/// Adds the parts' sums up and brings them back from the points to the taps, G^T du G. Threads split the rows of the
/// sums, and the output channels.
/// </summary>
internal unsafe struct WinogradWeightReductionWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    public ArrayView<float> Sums;
    public int Copies;
    public int Size; // floats of the sums at one point
    public int Pitch;
    public int Rows;
    public int Columns;
    public int RowsAreFilters;
    public SplitFilters Filters;
    public ArrayView<float> WeightGradient;
    public ArrayView<float> BiasSums;
    public int BiasPitch;
    public ArrayView<float> BiasGradient;

    [Kernel("conv2d", Schedule.Cpu)]
    public readonly void Run<TSimd, TVector>(int thread, int threads)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var range = WorkRange.Of(Rows, thread, threads);
        for (int row = range.Start; row < range.End; row++)
        {
            for (int column = 0; column < Columns; column += TSimd.Count)
                Reduce<TSimd, TVector>(row, column);
        }
        var channels = WorkRange.Of((int)BiasGradient.Length, thread, threads);
        for (int channel = channels.Start; channel < channels.End; channel++)
            BiasGradient.Pointer()[channel] = BiasGradientOf(channel);
    }

    private readonly float BiasGradientOf(int channel)
    {
        float sum = 0f;
        for (int copy = 0; copy < Copies; copy++)
            sum += BiasSums.Pointer()[((long)copy * BiasPitch) + channel];
        return sum;
    }

    private readonly void Reduce<TSimd, TVector>(int row, int column)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector* tile = stackalloc TVector[WinogradTransform<TTile, TSimd, TVector>.Size];
        for (int point = 0; point < TTile.Points * TTile.Points; point++)
        {
            float* sums = Sums.Pointer() + ((long)point * Size) + (row * Pitch) + column;
            TVector sum = TSimd.Load(sums);
            for (int copy = 1; copy < Copies; copy++)
                sum = TSimd.Add(sum, TSimd.Load(sums + ((long)copy * TTile.Points * TTile.Points * Size)));
            tile[(8 * (point / TTile.Points)) + (point % TTile.Points)] = sum;
        }
        int pitch = Rounding.RoundUp(TTile.Taps * TTile.Taps, TSimd.Count);
        TVector* taps = stackalloc TVector[pitch];
        float* rows = stackalloc float[pitch * TSimd.Count];
        WinogradTransform<TTile, TSimd, TVector>.FilterGradient(tile, taps);
        for (int tap = 0; tap < pitch; tap += TSimd.Count)
            SimdMatrix.TransposeBlock<TSimd, TVector>((float*)(taps + tap), TSimd.Count, rows + tap, pitch);
        WriteLanes(row, column, Math.Min(TSimd.Count, Columns - column), rows, pitch);
    }

    private readonly void WriteLanes(int row, int column, int lanes, float* rows, int pitch)
    {
        for (int lane = 0; lane < lanes; lane++, rows += pitch)
        {
            var (filter, channel) = RowsAreFilters != 0 ? (row, column + lane) : (column + lane, row);
            Filters.Write(rows, WeightGradient.Pointer(), filter, Filters.BlockOf(channel));
        }
    }
}
