namespace GalaxyNet.Kernels;

/// <summary>The weight gradient by <see cref="IWinogradTile"/>.</summary>
internal sealed class WinogradWeightPass<TTile>(Device device, Conv2dGeometry geometry) : IWeightGradientPass
    where TTile : struct, IWinogradTile
{
    // The right factor is the one that leaves fewer lanes of the register tiles empty.
    private readonly bool inputIsRight =
        ProductSize(geometry.OutChannels, geometry.InChannels, device.VectorLength)
        <= ProductSize(geometry.InChannels, geometry.OutChannels, device.VectorLength);

    private readonly SimdKernel<WinogradWeightGradientWork<TTile>> multiply = new(device);
    private readonly SimdKernel<WinogradWeightReductionWork<TTile>> reduce = new(device);
    private readonly Workspace<float> scratch = new(device);
    private readonly Workspace<float> sums = new(device);

    public void Run(Tensor input, Tensor outputGradient, Tensor weightGradient)
    {
        var x = new WinogradFactor(input.Data, geometry.Input, geometry.Padding, TTile.Points);
        var dy = new WinogradFactor(outputGradient.Data, geometry.Output, Before: 0, IWinogradTile.Outputs);
        var (left, right) = inputIsRight ? (dy, x) : (x, dy);
        var steps = StepsOf(input.Shape[0]);
        var work = new WinogradWeightGradientWork<TTile>
        {
            Left = left with { Pitch = Rounding.RoundUp(left.Size.Channels, device.VectorLength) },
            Right = right with { Pitch = RightPitch(right.Size.Channels, device.VectorLength) },
            ProductSize = ProductSize(left.Size.Channels, right.Size.Channels, device.VectorLength),
            Steps = steps,
            Parts = PartsOf(steps.Count),
        };
        work.Scratch = scratch.AtLeast((long)device.Multiprocessors * work.ScratchSize(device.VectorLength));
        work.Sums = sums.AtLeast((long)work.Parts * TTile.Points * TTile.Points * work.ProductSize);
        multiply.Launch(work);
        reduce.Launch(new WinogradWeightReductionWork<TTile>
        {
            Sums = work.Sums,
            Copies = work.Parts,
            Size = work.ProductSize,
            Pitch = work.Right.Pitch,
            Rows = left.Size.Channels,
            Columns = right.Size.Channels,
            RowStride = inputIsRight ? geometry.InChannels : 1,
            ColumnStride = inputIsRight ? 1 : geometry.InChannels,
            WeightGradient = weightGradient.Data,
        });
    }

    public PassPlan PlanFor(int images)
    {
        var steps = StepsOf(images);
        string name = $"F(4x4, {TTile.Taps}x{TTile.Taps}), {(inputIsRight ? "dy^T x" : "x^T dy")}";
        return new PassPlan(name, steps.Count, steps.Bands, PartsOf(steps.Count));
    }

    public void Dispose()
    {
        scratch.Dispose();
        sums.Dispose();
    }

    // Floats of the sums at one point: the channels of both factors, filled up to whole register tiles.
    private static int ProductSize(int leftChannels, int rightChannels, int vectorLength) =>
        Rounding.RoundUp(leftChannels, OuterProductTile.Rows) * RightPitch(rightChannels, vectorLength);

    private static int RightPitch(int channels, int vectorLength) =>
        Rounding.RoundUp(channels, OuterProductTile.ColumnsFor(vectorLength));

    // 32 tiles, from as many images as it takes: with 64 and 96 channels their matrices take 0.3 MB, the sums 0.4 MB.
    private TileSteps StepsOf(int images)
    {
        var grid = TileGrid.Over(geometry.Output);
        return new TileSteps(images, grid, Math.Max(1, 32 / grid.Count), Math.Clamp(32 / grid.Columns, 1, grid.Rows));
    }

    // The batch is split only as far as it takes for the pairs of points to be shared out evenly.
    private int PartsOf(int steps)
    {
        int parts = 1;
        while (parts < steps && TTile.Pairs * parts % device.Multiprocessors != 0)
            parts++;
        return parts;
    }
}

/// <summary>A factor of the products: the input, or the output gradient.</summary>
/// <param name="Images">The numbers.</param>
/// <param name="Size">The extents of an image.</param>
/// <param name="Before">Zeros above and to the left.</param>
/// <param name="Span">How far a tile sees.</param>
/// <param name="Pitch">Floats from a tile to the next in its matrices: the channels, or more.</param>
internal readonly record struct WinogradFactor(
    ArrayView<float> Images, ImageShape Size, int Before, int Span, int Pitch = 0);

/// <summary>
/// The weight gradient at the points: for each of them the product of the output gradient's matrix [tiles,
/// outChannels], transposed, with the input's [tiles, inChannels]; or the other way round. Threads split the pairs of
/// points, and where these do not come out even the batch too: each part of it has sums of its own, which
/// <see cref="WinogradWeightReductionWork{TTile}"/> adds up in their order.
/// </summary>
internal unsafe struct WinogradWeightGradientWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    // Each pair of points goes through the images by itself: 4 MB of them at a time, which the third-level cache keeps
    // for the next.
    private const int FloatsAtOnce = 1 << 20;

    public WinogradFactor Left;
    public WinogradFactor Right;
    public int ProductSize;
    public ArrayView<float> Sums;
    public ArrayView<float> Scratch;
    public TileSteps Steps;
    public int Parts;

    /// <summary>Floats of scratch that each thread needs, zero at first.</summary>
    public readonly int ScratchSize(int vectorLength) => Rounding.RoundUp(
        MatricesOf(Left).SizeOf(vectorLength) + MatricesOf(Right).SizeOf(vectorLength) + Steps.MostTiles,
        CacheLine.Floats);

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
            AddPart<TSimd, TVector>(part, item % TTile.Pairs, end - (part * TTile.Pairs), scratch);
            item = end;
        }
    }

    private readonly PointPairMatrices<TTile> MatricesOf(in WinogradFactor factor) =>
        new(factor.Size, factor.Before, factor.Span, Steps, factor.Pitch);

    private readonly void AddPart<TSimd, TVector>(int part, int firstPair, int endPair, float* scratch)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int rowSize = TTile.Points * ProductSize;
        float* sums = Sums.Pointer() + ((long)part * TTile.Points * rowSize);
        for (int pair = firstPair; pair < endPair; pair++)
        {
            new Span<float>(RowOf(sums, pair, 0), rowSize).Clear();
            new Span<float>(RowOf(sums, pair, 1), rowSize).Clear();
        }

        var steps = WorkRange.Of(Steps.Count, part, Parts);
        int pixelsOfStep = Steps.MostTiles * IWinogradTile.Outputs * IWinogradTile.Outputs;
        int floatsOfStep = pixelsOfStep * (Left.Size.Channels + Right.Size.Channels);
        int stepsAtOnce = Math.Max(1, FloatsAtOnce / floatsOfStep);
        for (int first = steps.Start; first < steps.End; first += stepsAtOnce)
        {
            int end = Math.Min(first + stepsAtOnce, steps.End);
            for (int pair = firstPair; pair < endPair; pair++)
            {
                for (int step = first; step < end; step++)
                    AddStep<TSimd, TVector>(pair, Steps.At(step), scratch, sums);
            }
        }
    }

    private readonly float* RowOf(float* sums, int pair, int which) =>
        sums + ((long)IWinogradTile.PointOf<TTile>(pair, which) * TTile.Points * ProductSize);

    private readonly void AddStep<TSimd, TVector>(int pair, TilesAtOnce tiles, float* scratch, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var left = MatricesOf(Left);
        var right = MatricesOf(Right);
        float* rightMemory = scratch + left.SizeOf(TSimd.Count);
        int* rowOffsets = (int*)(rightMemory + right.SizeOf(TSimd.Count));
        left.Fill<TSimd, TVector>(pair, Left.Images.Pointer(), tiles, scratch);
        right.Fill<TSimd, TVector>(pair, Right.Images.Pointer(), tiles, rightMemory);
        for (int k = 0; k < tiles.Count; k++)
            rowOffsets[k] = k * right.Pitch;
        for (int point = 0; point < 2 * TTile.Points; point++)
        {
            AddProduct<TSimd, TVector>(
                left.Matrix(scratch, point),
                left.Pitch,
                right.Matrix(rightMemory, point),
                right.Pitch,
                rowOffsets,
                tiles.Count,
                RowOf(sums, pair, point / TTile.Points) + (point % TTile.Points * ProductSize),
                ProductSize);
        }
    }

    private static void AddProduct<TSimd, TVector>(
        float* left, int leftPitch, float* right, int pitch, int* rowOffsets, int depth, float* sums, int size)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int* columnOffsets = stackalloc int[OuterProductTile.Vectors<TSimd, TVector>()];
        for (int column = 0; column < pitch; column += OuterProductTile.Columns<TSimd, TVector>())
        {
            for (int v = 0; v < OuterProductTile.Vectors<TSimd, TVector>(); v++)
                columnOffsets[v] = column + (v * TSimd.Count);
            for (int row = 0; row < size / pitch; row += OuterProductTile.Rows)
            {
                OuterProductTile.Multiply<TSimd, TVector>(
                    new LeftRows(left + row, 1, leftPitch),
                    right,
                    rowOffsets,
                    depth,
                    columnOffsets,
                    OuterProductTile.Vectors<TSimd, TVector>(),
                    new TileTarget(sums + ((long)row * pitch) + column, pitch, Adds: true));
            }
        }
    }
}

/// <summary>
/// Adds the parts' sums up and brings them back from the points to the taps, G^T du G. Threads split the rows of the
/// sums.
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
    public int RowStride; // filters from a row's to the next one's
    public int ColumnStride;
    public ArrayView<float> WeightGradient;

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
        WinogradTransform<TTile, TSimd, TVector>.FilterGradient(tile);

        int taps = TTile.Taps * TTile.Taps;
        for (int tap = 0; tap < taps; tap++)
        {
            float* lanes = (float*)(tile + (8 * (tap / TTile.Taps)) + (tap % TTile.Taps));
            long filter = ((long)row * RowStride) + ((long)column * ColumnStride);
            float* gradient = WeightGradient.Pointer() + (filter * taps) + tap;
            for (int lane = 0; lane < Math.Min(TSimd.Count, Columns - column); lane++)
                gradient[(long)lane * ColumnStride * taps] = lanes[lane];
        }
    }
}
