namespace GalaxyNet.Kernels;

/// <summary>
/// A thread's copies for one slice of an operand that lies line by line: in each round two elements of a line, half a
/// slice apart, so that they share an address.
/// </summary>
/// <param name="tile">The lines.</param>
/// <param name="address">Where the first element is read.</param>
/// <param name="step">Bytes from the line of one round to that of the next.</param>
/// <param name="to">Where the first element is written, in bytes of shared memory.</param>
/// <param name="rounds">How many rounds have lines.</param>
/// <param name="terms">Terms of the sum from the first element's depth on.</param>
internal readonly struct PairsOfCopies(TileLines tile, long address, long step, uint to, int rounds, int terms)
{
    private readonly TileLines tile = tile;
    private readonly long address = address;
    private readonly long step = step;
    private readonly uint to = to;
    private readonly int near = terms > 0 ? rounds : 0;
    private readonly int far = terms > PlaceAlongLines.DepthsOfWarp ? rounds : 0;

    /// <summary>Starts 4, 6 or 8 rounds. ILGPU unrolls no loops.</summary>
    public void Start()
    {
        int count = tile.Count / PlaceAlongLines.LinesOfRound(tile);
        long from = Pair(0, address);
        from = Pair(1, from);
        from = Pair(2, from);
        from = Pair(3, from);
        if (count > 4)
        {
            from = Pair(4, from);
            from = Pair(5, from);
        }
        if (count > 6)
        {
            from = Pair(6, from);
            Pair(7, from);
        }
    }

    /// <summary>Starts a round, and gives where the next reads.</summary>
    private long Pair(int round, long from)
    {
        uint place = to + (uint)(4 * round * PlaceAlongLines.LinesOfRound(tile));
        AsyncCopy.FourBytes(place, from, round, near);
        AsyncCopy.FourBytes(
            place + (uint)(PlaceAlongLines.DepthsOfWarp * tile.PitchBytes),
            from + (4 * PlaceAlongLines.DepthsOfWarp),
            round,
            far);
        return from + step;
    }
}
