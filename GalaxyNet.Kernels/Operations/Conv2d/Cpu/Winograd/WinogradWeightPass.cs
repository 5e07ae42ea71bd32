namespace GalaxyNet.Kernels;

/// <summary>The weight gradient by <see cref="IWinogradTile"/>.</summary>
internal sealed class WinogradWeightPass<TTile>(Device device, Conv2dGeometry geometry) : IWeightGradientPass
    where TTile : struct, IWinogradTile
{
    private readonly ImageShape inputSize = geometry.Input;
    private readonly ImageShape outputSize = geometry.Output;
    private readonly SimdKernel<WinogradWeightGradientWork<TTile>> multiply = new(device);
    private readonly SimdKernel<WinogradWeightReductionWork<TTile>> reduce = new(device);
    private readonly Workspace<float> scratch = new(device);
    private readonly Workspace<float> sums = new(device);

    public void Run(Tensor input, Tensor outputGradient, Tensor weightGradient)
    {
        var work = WorkOf(input.Shape[0]);
        work.Input = input.Data;
        work.OutputGradient = outputGradient.Data;
        work.Scratch = scratch.AtLeast((long)device.Multiprocessors * work.ScratchSize(device.VectorLength));
        int size = work.SizeOfProduct(device.VectorLength);
        work.Sums = sums.AtLeast((long)work.Parts * TTile.Points * TTile.Points * size);
        multiply.Launch(work);
        bool inputIsRight = work.InputIsRight(device.VectorLength);
        reduce.Launch(new WinogradWeightReductionWork<TTile>
        {
            Sums = work.Sums,
            Copies = work.Parts,
            Size = size,
            Pitch = work.Pitch(device.VectorLength),
            Rows = inputIsRight ? outputSize.Channels : inputSize.Channels,
            Columns = inputIsRight ? inputSize.Channels : outputSize.Channels,
            RowStride = inputIsRight ? inputSize.Channels : 1,
            ColumnStride = inputIsRight ? 1 : inputSize.Channels,
            WeightGradient = weightGradient.Data,
        });
    }

    public PassPlan PlanFor(int images)
    {
        var work = WorkOf(images);
        string order = work.InputIsRight(device.VectorLength) ? "dy^T x" : "x^T dy";
        string name = $"F(4x4, {TTile.Taps}x{TTile.Taps}), {order}";
        return new PassPlan(name, work.Steps.Count, work.Steps.Bands, work.Parts);
    }

    public void Dispose()
    {
        scratch.Dispose();
        sums.Dispose();
    }

    private WinogradWeightGradientWork<TTile> WorkOf(int images)
    {
        var steps = StepsOf(images);
        return new()
        {
            InputSize = inputSize,
            Before = geometry.Padding,
            OutputSize = outputSize,
            Steps = steps,
            Parts = PartsOf(steps.Count),
        };
    }

    // 32 tiles, from as many images as it takes: with 64 and 96 channels their matrices take 0.3 MB and the sums 0.4
    // MB.
    private TileSteps StepsOf(int images)
    {
        var grid = TileGrid.Over(outputSize);
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

/// <summary>
/// The weight gradient at the points: for each of them the product of the output gradient's matrix [tiles,
/// outChannels], transposed, with the input's [tiles, inChannels]; or the other way round, if that leaves fewer lanes
/// of the register tiles empty. Threads split the pairs of points, and where these do not come out even the batch too:
/// each part of it has sums of its own, which <see cref="WinogradWeightReductionWork{TTile}"/> adds up in their order.
/// </summary>
internal unsafe struct WinogradWeightGradientWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    // Each pair of points goes through the images by itself: 4 MB of them at a time, which the third-level cache keeps
    // for the next.
    private const int FloatsAtOnce = 1 << 20;

    public ArrayView<float> Input;
    public ImageShape InputSize;
    public int Before;
    public ArrayView<float> OutputGradient;
    public ImageShape OutputSize;
    public ArrayView<float> Sums;
    public ArrayView<float> Scratch;
    public TileSteps Steps;
    public int Parts;

    /// <summary>Whether the input is the right factor, whose channels lie in the lanes of the sums.</summary>
    public readonly bool InputIsRight(int vectorLength) =>
        SizeOfProduct(OutputSize, InputSize, vectorLength) <= SizeOfProduct(InputSize, OutputSize, vectorLength);

    /// <summary>Floats of scratch that each thread needs, zero at first.</summary>
    public readonly int ScratchSize(int vectorLength) => Rounding.RoundUp(
        Left(vectorLength).SizeOf(vectorLength) + Right(vectorLength).SizeOf(vectorLength) + Steps.MostTiles,
        CacheLine.Floats);

    /// <summary>
    /// Floats of the sums at one point: the channels of both factors, filled up to whole register tiles.
    /// </summary>
    public readonly int SizeOfProduct(int vectorLength) => InputIsRight(vectorLength)
        ? SizeOfProduct(OutputSize, InputSize, vectorLength)
        : SizeOfProduct(InputSize, OutputSize, vectorLength);

    /// <summary>Columns of the sums.</summary>
    public readonly int Pitch(int vectorLength) =>
        Pitch(InputIsRight(vectorLength) ? InputSize : OutputSize, vectorLength);

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

    private static int SizeOfProduct(ImageShape left, ImageShape right, int vectorLength) =>
        Rounding.RoundUp(left.Channels, OuterProductTile.Rows) * Pitch(right, vectorLength);

    private static int Pitch(ImageShape right, int vectorLength) =>
        Rounding.RoundUp(right.Channels, OuterProductTile.ColumnsFor(vectorLength));

    private readonly PointPairMatrices<TTile> Left(int vectorLength) => InputIsRight(vectorLength)
        ? OfGradient(Rounding.RoundUp(OutputSize.Channels, vectorLength))
        : OfInput(Rounding.RoundUp(InputSize.Channels, vectorLength));

    private readonly PointPairMatrices<TTile> Right(int vectorLength) => InputIsRight(vectorLength)
        ? OfInput(Pitch(vectorLength))
        : OfGradient(Pitch(vectorLength));

    private readonly PointPairMatrices<TTile> OfInput(int pitch) => new(InputSize, Before, TTile.Points, Steps, pitch);

    private readonly PointPairMatrices<TTile> OfGradient(int pitch) =>
        new(OutputSize, 0, IWinogradTile.Outputs, Steps, pitch);

    private readonly void AddPart<TSimd, TVector>(int part, int firstPair, int endPair, float* scratch)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int rowSize = TTile.Points * SizeOfProduct(TSimd.Count);
        float* sums = Sums.Pointer() + ((long)part * TTile.Points * rowSize);
        for (int pair = firstPair; pair < endPair; pair++)
        {
            new Span<float>(RowOf(sums, pair, 0, rowSize), rowSize).Clear();
            new Span<float>(RowOf(sums, pair, 1, rowSize), rowSize).Clear();
        }

        var steps = WorkRange.Of(Steps.Count, part, Parts);
        int pixelsOfStep = Steps.MostTiles * IWinogradTile.Outputs * IWinogradTile.Outputs;
        int floatsOfStep = pixelsOfStep * (InputSize.Channels + OutputSize.Channels);
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

    private static float* RowOf(float* sums, int pair, int which, int rowSize) =>
        sums + ((long)IWinogradTile.PointOf<TTile>(pair, which) * rowSize);

    private readonly void AddStep<TSimd, TVector>(int pair, TilesAtOnce tiles, float* scratch, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var left = Left(TSimd.Count);
        var right = Right(TSimd.Count);
        bool inputIsRight = InputIsRight(TSimd.Count);
        float* rightMemory = scratch + left.SizeOf(TSimd.Count);
        int* rowOffsets = (int*)(rightMemory + right.SizeOf(TSimd.Count));
        left.Fill<TSimd, TVector>(pair, inputIsRight ? OutputGradient.Pointer() : Input.Pointer(), tiles, scratch);
        right.Fill<TSimd, TVector>(pair, inputIsRight ? Input.Pointer() : OutputGradient.Pointer(), tiles, rightMemory);
        for (int k = 0; k < tiles.Count; k++)
            rowOffsets[k] = k * right.Pitch;
        int size = SizeOfProduct(TSimd.Count);
        for (int point = 0; point < 2 * TTile.Points; point++)
        {
            float* row = RowOf(sums, pair, point / TTile.Points, TTile.Points * size);
            AddProduct<TSimd, TVector>(
                left.Matrix(scratch, point),
                left.Pitch,
                right.Matrix(rightMemory, point),
                right.Pitch,
                rowOffsets,
                tiles.Count,
                row + (point % TTile.Points * size),
                size);
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
