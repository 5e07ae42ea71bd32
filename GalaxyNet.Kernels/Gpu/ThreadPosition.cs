namespace GalaxyNet.Kernels;

/// <summary>
/// The current thread's position among those that share a tile. A warp is 4 threads high and 8 wide, so that a read of
/// shared memory touches 4 words of A or 8 of B, and its stores fill 128 bytes in a row. Where a tile is only 4 threads
/// wide, it is 8 high.
/// </summary>
internal readonly struct ThreadPosition(int row, int column)
{
    private const int WarpRows = 4;
    private const int WarpColumns = 8;

    public readonly int Row = row;
    public readonly int Column = column;

    public static int ThreadsDown<TTile>()
        where TTile : struct, ITile => TTile.Rows / (4 * TTile.RowBlocks);

    public static int ThreadsAcross<TTile>()
        where TTile : struct, ITile => TTile.Columns / (4 * TileProduct.ColumnBlocks);

    public static ThreadPosition Of<TTile>()
        where TTile : struct, ITile
    {
        int width = ThreadsAcross<TTile>() < WarpColumns ? ThreadsAcross<TTile>() : WarpColumns;
        int warp = Group.IdxX / (width * WarpRows);
        int warpsAcross = ThreadsAcross<TTile>() / width;
        return new ThreadPosition(
            (Group.IdxX / width % WarpRows) + (warp / warpsAcross * WarpRows),
            (Group.IdxX % width) + (warp % warpsAcross * width));
    }
}
