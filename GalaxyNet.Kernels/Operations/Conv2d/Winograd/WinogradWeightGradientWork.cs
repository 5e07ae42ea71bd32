using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// The weight gradient at the points: for each place the product of the output gradient's matrix [tiles, outChannels], transposed,
/// with the input's [tiles, inChannels]; or the other way round, if that leaves fewer lanes of the register tiles empty.
/// Threads split the pairs of points, and where these do not come out even the batch too: each part of it has sums of its own, which
/// <see cref="WinogradWeightReductionWork{TTile}"/> adds up in their order.
/// </summary>
internal unsafe struct WinogradWeightGradientWork<TTile> : ISimdWork
    where TTile : struct, IWinogradTile
{
    // Each pair of points goes through the images by itself: 4 MB of them at a time, which the third-level cache keeps for the next.
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
        Left(vectorLength).SizeOf(vectorLength) + Right(vectorLength).SizeOf(vectorLength) + Steps.MostTiles, CacheLine.Floats);

    /// <summary>Floats of the sums at one place: the channels of both factors, filled up to whole register tiles.</summary>
    public readonly int SizeOfProduct(int vectorLength) => InputIsRight(vectorLength)
        ? SizeOfProduct(OutputSize, InputSize, vectorLength)
        : SizeOfProduct(InputSize, OutputSize, vectorLength);

    /// <summary>Columns of the sums.</summary>
    public readonly int Pitch(int vectorLength) => Pitch(InputIsRight(vectorLength) ? InputSize : OutputSize, vectorLength);

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

    private readonly PointPairMatrices<TTile> OfGradient(int pitch) => new(OutputSize, 0, IWinogradTile.Outputs, Steps, pitch);

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
        int floatsOfStep = Steps.MostTiles * IWinogradTile.Outputs * IWinogradTile.Outputs * (InputSize.Channels + OutputSize.Channels);
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
        for (int place = 0; place < 2 * TTile.Points; place++)
        {
            float* row = RowOf(sums, pair, place / TTile.Points, TTile.Points * size);
            AddProduct<TSimd, TVector>(
                left.Matrix(scratch, place),
                left.Pitch,
                right.Matrix(rightMemory, place),
                right.Pitch,
                rowOffsets,
                tiles.Count,
                row + (place % TTile.Points * size),
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
