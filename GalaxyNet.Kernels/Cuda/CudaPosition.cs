namespace GalaxyNet.Kernels;

/// <summary>
/// The current thread's position among those that share a tile. A warp is 4 threads high and 8 wide, so that a read of
/// shared memory touches 64 bytes of A or 128 of B.
/// </summary>
internal readonly struct CudaPosition(int row, int column)
{
    private const int WarpRows = 4;
    private const int WarpColumns = 8;

    public readonly int Row = row;
    public readonly int Column = column;

    public static CudaPosition Of<TTile>()
        where TTile : struct, ICudaTile
    {
        int lane = PowerOfTwo.Remainder(Group.IdxX, 32);
        int warp = PowerOfTwo.Quotient(Group.IdxX, 32);
        int warpsAcross = CudaTile.ThreadsAcross<TTile>() / WarpColumns;
        return new CudaPosition(
            PowerOfTwo.Quotient(lane, WarpColumns) + (PowerOfTwo.Quotient(warp, warpsAcross) * WarpRows),
            PowerOfTwo.Remainder(lane, WarpColumns) + (PowerOfTwo.Remainder(warp, warpsAcross) * WarpColumns));
    }
}
