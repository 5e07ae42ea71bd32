namespace GalaxyNet.Kernels;

/// <summary>
/// A thread's copies for one slice of an operand that lies line by line: in each round two elements of a line, half a
/// slice apart, so that they share an address.
/// </summary>
/// <param name="tile">The lines.</param>
/// <param name="address">Where the first element is read.</param>
/// <param name="lines">The thread's lines.</param>
/// <param name="to">Where the first element is written, in bytes of shared memory.</param>
/// <param name="terms">Terms of the sum from the first element's depth on.</param>
internal readonly struct PairsOfCopies(TileLines tile, long address, LinesOfThread lines, uint to, int terms)
{
    private readonly TileLines tile = tile;
    private readonly long address = address;
    private readonly LinesOfThread lines = lines;
    private readonly uint to = to;
    private readonly int terms = terms;

    /// <summary>Starts 4, 6 or 8 rounds. ILGPU unrolls no loops.</summary>
    public void Start()
    {
        int count = tile.Count / PlaceAlongLines.LinesOfRound(tile);
        StartPair(0, 0);
        StartPair(1, lines.Offset1);
        StartPair(2, lines.Offset2);
        StartPair(3, lines.Offset3);
        if (count > 4)
        {
            StartPair(4, lines.Offset4);
            StartPair(5, lines.Offset5);
        }
        if (count > 6)
        {
            StartPair(6, lines.Offset6);
            StartPair(7, lines.Offset7);
        }
    }

    private void StartPair(int round, int offset)
    {
        uint near = to + (uint)(4 * round * PlaceAlongLines.LinesOfRound(tile));
        uint far = near + (uint)(PlaceAlongLines.DepthsOfWarp * tile.PitchBytes);
        AsyncCopy.TwoOfLine(near, far, address, offset, terms);
    }
}
