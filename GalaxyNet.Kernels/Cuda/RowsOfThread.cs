namespace GalaxyNet.Kernels;

/// <summary>
/// Which rows of a block in shared memory the current thread takes, and which four numbers of each, so that a warp
/// takes 128 columns of one: as many numbers in all as it has sums there.
/// </summary>
internal static class RowsOfThread<TTile>
    where TTile : struct, ICudaTile
{
    /// <summary>Rows that a thread takes.</summary>
    public static int Count => 4 * TTile.ColumnBlocks;

    /// <summary>Rows in a block of all threads.</summary>
    public static int RowsOfBlock => 4 * CudaTile.ThreadsDown<TTile>();

    /// <summary>The first of the four columns.</summary>
    public static int Column => 4 * FourOfRow;

    /// <summary>Fours from one of the thread's rows to the next in shared memory.</summary>
    public static int PitchToNextRow => ToNextRow * PitchOfRow;

    /// <summary>Fours from one of the thread's rows to the next in a whole tile.</summary>
    public static int FoursToNextRow => ToNextRow * FoursOfRow;

    private static int ToNextRow => RowsOfBlock / Count;

    private static int FourOfRow => PowerOfTwo.Remainder(Group.IdxX, FoursOfRow);

    private static int FoursOfRow => TTile.Columns / 4;

    private static int PitchOfRow => CudaTile.Pitch(TTile.Columns) / 4;

    /// <summary>One of the thread's rows in the block.</summary>
    public static int Row(int i) => PowerOfTwo.Quotient(Group.IdxX, FoursOfRow) + (i * ToNextRow);

    /// <summary>Its four in shared memory.</summary>
    public static int Four(int i) => (Row(i) * PitchOfRow) + FourOfRow;

    /// <summary>Its four in a whole tile.</summary>
    public static int FourOfTile(int block, int i) => (((block * RowsOfBlock) + Row(i)) * FoursOfRow) + FourOfRow;
}
