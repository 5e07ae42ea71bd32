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
    private readonly long address = address;
    private readonly int lines = lines;
    private readonly int hasOnes = hasOnes;
    private readonly long matrixSize = matrixSize;

    public Copy Begin(TileLines tile, int start)
    {
        int column = TWidth.Floats * PowerOfTwo.Remainder(Group.IdxX, ThreadsAcross(tile));
        int down = PowerOfTwo.Quotient(Group.IdxX, ThreadsAcross(tile));
        int line = tile.First + column;
        int rest = IntrinsicMath.Min(lines - line, tile.Count - column);
        uint to = tile.Slice + (uint)((down * tile.PitchBytes) + (4 * column));
        WriteOthers(tile, column, to);
        return new Copy(
            address + (4 * ((tile.Matrix * matrixSize) + ((long)(start + down) * lines) + line)),
            4L * CudaTile.Depth * lines,
            4 * lines,
            to,
            down,
            rest);
    }

    // By fours a warp takes 128 lines of a depth, by ones 32 at a time; where there are 64, half as many of two depths.
    // With 96 lines by fours some threads have nothing to do.
    private static int ThreadsAcross(TileLines tile) => tile.Count <= 64 ? 16 : 32;

    private static int LinesAcross(TileLines tile) => TWidth.Floats * ThreadsAcross(tile);

    private static int DepthsOfRound(TileLines tile) => tile.Threads / ThreadsAcross(tile);

    // What is not copied, once for all slices: the ones, and zeros after them.
    private void WriteOthers(TileLines tile, int column, uint to)
    {
        int across = LinesAcross(tile);
        for (int i = 0; column + i < tile.Count; i += across)
        {
            int line = tile.First + column + i;
            if (line >= lines)
                WriteLine(tile, to + (uint)(4 * i), line == lines ? hasOnes : 0);
        }
    }

    private static void WriteLine(TileLines tile, uint to, float value)
    {
        int depths = DepthsOfRound(tile);
        for (int depth = 0; depth < CudaTile.Depth; depth += depths)
        {
            for (int stage = 0; stage < tile.Stages; stage++)
                AsyncCopy.Write<TWidth>(to + (uint)((depth * tile.PitchBytes) + (stage * tile.StageBytes)), value);
        }
    }

    internal readonly struct Copy(
        long address, long sliceBytes, int depthBytes, uint to, int depth, int lines) : ICudaCopy<Copy>
    {
        private readonly long address = address;
        private readonly long sliceBytes = sliceBytes;
        private readonly int depthBytes = depthBytes;
        private readonly uint to = to;
        private readonly int depth = depth; // within a slice
        private readonly int lines = lines; // from the thread's first one on

        public void Bring(TileLines tile, uint stage, int terms) =>
            new RoundsOfCopies<TWidth>(tile, address, depthBytes, to + stage, terms - depth, lines)
                .Start(DepthsOfRound(tile), LinesAcross(tile));

        public Copy Next() => new(address + sliceBytes, sliceBytes, depthBytes, to, depth, lines);
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
