namespace GalaxyNet.Kernels;

/// <summary>
/// The current thread's lines of a tile if they lie line by line in memory: the first, and how far from it the others
/// are, in floats. They stay in registers, so that a copy has nothing to ask but its depth.
/// </summary>
/// <remarks>After the last line of the operand comes that one again and again: nobody reads their products.</remarks>
internal readonly struct LinesOfThread
{
    /// <summary>The first, counted in the whole operand.</summary>
    public readonly int First;

    public readonly int Offset1;
    public readonly int Offset2;
    public readonly int Offset3;
    public readonly int Offset4;
    public readonly int Offset5;
    public readonly int Offset6;
    public readonly int Offset7;

    private LinesOfThread(int first, int linesOfRound, int last, int length)
    {
        First = first;
        Offset1 = length * IntrinsicMath.Min(linesOfRound, last);
        Offset2 = length * IntrinsicMath.Min(2 * linesOfRound, last);
        Offset3 = length * IntrinsicMath.Min(3 * linesOfRound, last);
        Offset4 = length * IntrinsicMath.Min(4 * linesOfRound, last);
        Offset5 = length * IntrinsicMath.Min(5 * linesOfRound, last);
        Offset6 = length * IntrinsicMath.Min(6 * linesOfRound, last);
        Offset7 = length * IntrinsicMath.Min(7 * linesOfRound, last);
    }

    /// <summary>The lines that <see cref="PlaceAlongLines"/> gives the thread.</summary>
    /// <param name="tile">The lines of the tile.</param>
    /// <param name="place">The thread's place.</param>
    /// <param name="lines">The lines of the whole operand.</param>
    /// <param name="length">The length of a line.</param>
    public static LinesOfThread Of(TileLines tile, PlaceAlongLines place, int lines, int length)
    {
        int first = IntrinsicMath.Min(tile.First + place.Line, lines - 1);
        return new LinesOfThread(first, PlaceAlongLines.LinesOfRound(tile), lines - 1 - first, length);
    }
}
