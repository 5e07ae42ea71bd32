namespace GalaxyNet.Kernels;

/// <summary>A matrix [depth, lines] in memory, for the CUDA engine.</summary>
/// <typeparam name="TWidth">How many lines a copy takes.</typeparam>
/// <param name="address">Where it is.</param>
/// <param name="lines">The number of lines.</param>
/// <param name="hasOnes">1 for a line of ones after the last, whose products are the other operand's sums.</param>
/// <param name="matrixSize">Floats from a matrix to the next, where there are several.</param>
internal readonly struct CudaDepths<TWidth>(long address, int lines, int hasOnes, long matrixSize = 0)
    : ICudaOperand<CudaDepths<TWidth>.Copy>
    where TWidth : struct, ICopyWidth
{
    private const int AfterEverySum = 1 << 30; // a depth at which nothing is read

    private readonly long address = address;
    private readonly int lines = lines;
    private readonly int hasOnes = hasOnes;
    private readonly long matrixSize = matrixSize;

    public Copy Begin(TileLines tile, int start)
    {
        int across = ThreadsAcross(tile);
        int column = TWidth.Floats * PowerOfTwo.Remainder(Group.IdxX, across);
        int down = PowerOfTwo.Quotient(Group.IdxX, across);
        int line = tile.First + column;
        uint to = tile.Slice + (uint)((down * tile.PitchBytes) + (4 * column));
        int isOnes = hasOnes & (line == lines ? 1 : 0);
        if (isOnes != 0)
            WriteOnes(tile, to);
        return new Copy(
            address + (4 * ((tile.Matrix * matrixSize) + ((long)(start + down) * lines) + line)),
            4 * lines,
            to,
            line < lines ? down : AfterEverySum,
            isOnes == 0 & column < tile.Count ? 1 : 0);
    }

    // A power of two: with 96 lines some threads have nothing to do.
    private static int ThreadsAcross(TileLines tile) => (tile.Count > 64 ? 128 : 64) / TWidth.Floats;

    // Once for all slices: the copies pass them over.
    private static void WriteOnes(TileLines tile, uint to)
    {
        int depths = DepthsOfRound(tile);
        for (int depth = 0; depth < CudaTile.Depth; depth += depths)
        {
            for (int stage = 0; stage < CudaTile.Stages; stage++)
                AsyncCopy.WriteOne<TWidth>(to + (uint)((depth * tile.PitchBytes) + (stage * tile.StageBytes)));
        }
    }

    private static int DepthsOfRound(TileLines tile) => tile.Threads / ThreadsAcross(tile);

    internal readonly struct Copy(
        long address, int depthBytes, uint to, int depth, int exists) : ICudaCopy<Copy>
    {
        private readonly long address = address;
        private readonly int depthBytes = depthBytes;
        private readonly uint to = to;
        private readonly int depth = depth; // within a slice
        private readonly int exists = exists;

        public void Bring(TileLines tile, uint stage, int terms)
        {
            int depths = DepthsOfRound(tile);
            var copies = new RoundsOfCopies(
                address,
                (long)depths * depthBytes,
                to + stage,
                depths * tile.PitchBytes,
                PowerOfTwo.Quotient(terms - depth + depths - 1, depths));
            if (exists != 0)
            {
                if (TWidth.Floats == 4)
                    copies.StartSixteenBytes(CudaTile.Depth / depths);
                else
                    copies.StartFourBytes(CudaTile.Depth / depths);
            }
        }

        public Copy Next() =>
            new(address + ((long)CudaTile.Depth * depthBytes), depthBytes, to, depth, exists);
    }
}

/// <summary>How many floats a copy takes.</summary>
internal interface ICopyWidth
{
    /// <summary>1 or 4.</summary>
    static abstract int Floats { get; }
}

/// <summary>One: for matrices whose lines do not come in fours, or that begin anywhere.</summary>
internal readonly struct OneFloat : ICopyWidth
{
    public static int Floats => 1;
}

/// <summary>Four: for matrices of whole fours of lines that begin on 16 bytes.</summary>
internal readonly struct FourFloats : ICopyWidth
{
    public static int Floats => 4;
}
