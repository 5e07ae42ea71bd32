namespace GalaxyNet.Kernels;

/// <summary>What follows from the extents of an <see cref="ICudaTile"/>.</summary>
/// <remarks>
/// A slice of an operand lies in shared memory depth by depth: [<see cref="Depth"/>, lines], each depth
/// <see cref="Padding"/> floats longer than its lines, so that the numbers of four lines at eight depths, which a warp
/// writes at once, are in 32 different banks.
/// </remarks>
internal static class CudaTile
{
    /// <summary>Terms of the sum in a slice.</summary>
    public const int Depth = 16;

    /// <summary>Floats between the lines of one depth and those of the next.</summary>
    public const int Padding = 4;

    /// <summary>Slices in shared memory: one is multiplied while the others arrive.</summary>
    /// <remarks>Tensor cores multiply a slice in less time than it takes to bring one from memory.</remarks>
    public static int Stages<TTile>()
        where TTile : struct, ICudaTile => UsesTensorCores<TTile>() ? 3 : 2;

    /// <summary>Whether tensor cores multiply.</summary>
    public static bool UsesTensorCores<TTile>()
        where TTile : struct, ICudaTile => TTile.Arithmetic != TileArithmetic.Float32;

    /// <summary>The threads of a group.</summary>
    public static int Threads<TTile>()
        where TTile : struct, ICudaTile => TTile.Rows * TTile.Columns / (16 * TTile.RowBlocks * TTile.ColumnBlocks);

    /// <summary>Floats from one depth of a slice to the next.</summary>
    public static int Pitch(int lines) => lines + Padding;

    /// <summary>Bytes of a slice of so many lines.</summary>
    public static int SliceBytes(int lines) => 4 * Depth * Pitch(lines);

    /// <summary>Bytes of a slice of both operands.</summary>
    public static int StageBytes<TTile>()
        where TTile : struct, ICudaTile => SliceBytes(TTile.Rows) + SliceBytes(TTile.Columns);

    /// <summary>Fours of all slices in shared memory.</summary>
    public static int FoursOfStages<TTile>()
        where TTile : struct, ICudaTile => Stages<TTile>() * StageBytes<TTile>() / 16;

    /// <summary>Fours of shared memory: those, and one that outlasts them.</summary>
    public static int FoursOfShared<TTile>()
        where TTile : struct, ICudaTile => FoursOfStages<TTile>() + 1;

    /// <summary>Bytes of shared memory that the kernel does not declare: it may not declare more than 48 KB.</summary>
    public static int DynamicSharedBytes<TTile>()
        where TTile : struct, ICudaTile => UsesTensorCores<TTile>() ? 16 * FoursOfShared<TTile>() : 0;

    /// <summary>Threads one below the other in a tile.</summary>
    public static int ThreadsDown<TTile>()
        where TTile : struct, ICudaTile => TTile.Rows / (4 * TTile.RowBlocks);

    /// <summary>Threads side by side in a tile.</summary>
    public static int ThreadsAcross<TTile>()
        where TTile : struct, ICudaTile => TTile.Columns / (4 * TTile.ColumnBlocks);
}
