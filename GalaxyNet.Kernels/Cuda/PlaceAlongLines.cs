namespace GalaxyNet.Kernels;

/// <summary>
/// Where a thread's first element of a slice lies if the operand lies line by line in memory: a warp takes eight depths
/// of four lines, 32 bytes of each, and writes to 32 different banks. The other eight depths are the next it takes.
/// </summary>
internal readonly struct PlaceAlongLines(int line, int depth)
{
    /// <summary>Neighboring depths that a warp takes at once: half of a slice.</summary>
    public const int DepthsOfWarp = 8;

    public readonly int Line = line;
    public readonly int Depth = depth;

    public static PlaceAlongLines Of(TileLines tile) =>
        new(PowerOfTwo.Quotient(Group.IdxX, DepthsOfWarp), PowerOfTwo.Remainder(Group.IdxX, DepthsOfWarp));

    /// <summary>Lines that all threads together take in a round.</summary>
    public static int LinesOfRound(TileLines tile) => tile.Threads / DepthsOfWarp;

    /// <summary>Where the element goes in shared memory, in bytes.</summary>
    public uint Offset(TileLines tile) => tile.Slice + (uint)((Depth * tile.PitchBytes) + (4 * Line));
}
