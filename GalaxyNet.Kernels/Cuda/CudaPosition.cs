namespace GalaxyNet.Kernels;

/// <summary>
/// The current thread's position in a tile: where its sums begin, and where the numbers lie that it reads of a slice.
/// </summary>
/// <param name="row">The first of its rows.</param>
/// <param name="column">The first of its columns.</param>
/// <param name="line">The first line of the right operand that it reads.</param>
/// <param name="depth">The first depth that it reads.</param>
internal readonly struct CudaPosition(int row, int column, int line, int depth)
{
    private const int LanesOfWarp = 32;

    private readonly int row = row;
    private readonly int column = column;
    private readonly int line = line;
    private readonly int depth = depth;

    public static CudaPosition Of<TTile>()
        where TTile : struct, ICudaTile => CudaTile.UsesTensorCores<TTile>() ? OfLane<TTile>() : OfThread<TTile>();

    /// <summary>Bytes from the beginning of a slice of the left operand to the thread's numbers.</summary>
    public uint InLeft<TTile>()
        where TTile : struct, ICudaTile => InSlice(TTile.Rows, row);

    /// <summary>Bytes from the beginning of a slice of the right operand to the thread's numbers.</summary>
    public uint InRight<TTile>()
        where TTile : struct, ICudaTile => InSlice(TTile.Columns, line);

    /// <summary>Bytes from the beginning of a block of rows to the thread's sums.</summary>
    public uint InBlock<TTile>()
        where TTile : struct, ICudaTile => (uint)(4 * ((row * CudaTile.Pitch(TTile.Columns)) + column));

    // A warp is 4 threads high and 8 wide, so that a read of shared memory touches 64 bytes of A or 128 of B.
    private static CudaPosition OfThread<TTile>()
        where TTile : struct, ICudaTile
    {
        int lane = PowerOfTwo.Remainder(Group.IdxX, LanesOfWarp);
        int warp = PowerOfTwo.Quotient(Group.IdxX, LanesOfWarp);
        int warpsAcross = CudaTile.ThreadsAcross<TTile>() / 8;
        int column = 4 * (PowerOfTwo.Remainder(lane, 8) + (8 * PowerOfTwo.Remainder(warp, warpsAcross)));
        return new CudaPosition(
            4 * (PowerOfTwo.Quotient(lane, 8) + (4 * PowerOfTwo.Quotient(warp, warpsAcross))), column, column, 0);
    }

    // For tensor cores a warp has 32 rows of each block, and 32 columns. TensorTileText says what its lanes read.
    private static CudaPosition OfLane<TTile>()
        where TTile : struct, ICudaTile
    {
        int group = PowerOfTwo.Quotient(PowerOfTwo.Remainder(Group.IdxX, LanesOfWarp), 4);
        int twoDepths = 2 * PowerOfTwo.Remainder(Group.IdxX, 4);
        int warp = PowerOfTwo.Quotient(Group.IdxX, LanesOfWarp);
        int warpsAcross = CudaTile.ThreadsAcross<TTile>() / 4;
        int column = 32 * PowerOfTwo.Remainder(warp, warpsAcross);
        return new CudaPosition(
            (32 * PowerOfTwo.Quotient(warp, warpsAcross)) + (2 * group), column + twoDepths, column + group, twoDepths);
    }

    private uint InSlice(int lines, int first) => (uint)(4 * ((depth * CudaTile.Pitch(lines)) + first));
}
