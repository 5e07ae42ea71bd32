namespace GalaxyNet.Kernels;

/// <summary>
/// A thread's copies for one slice of an operand that lies depth by depth: in each round those of another depth. They
/// lie at fixed distances, so that they share an address.
/// </summary>
/// <typeparam name="TWidth">How many lines a copy takes.</typeparam>
/// <param name="tile">The lines.</param>
/// <param name="address">Where the first copy reads.</param>
/// <param name="depthBytes">Bytes from one depth to the next in memory.</param>
/// <param name="to">Where the first copy writes.</param>
/// <param name="terms">Terms of the sum from the first copy's depth on.</param>
/// <param name="lines">How many lines there are from the first copy's on.</param>
internal readonly struct RoundsOfCopies<TWidth>(
    TileLines tile, long address, int depthBytes, uint to, int terms, int lines)
    where TWidth : struct, ICopyWidth
{
    private readonly TileLines tile = tile;
    private readonly long address = address;
    private readonly int depthBytes = depthBytes;
    private readonly uint to = to;
    private readonly int terms = terms;
    private readonly int lines = lines;

    /// <summary>Starts 2, 4 or 8 rounds. ILGPU unrolls no loops.</summary>
    /// <param name="depths">Depths of a round.</param>
    /// <param name="across">Lines from one copy of a depth to the next.</param>
    public void Start(int depths, int across)
    {
        int rounds = CudaTile.Depth / depths;
        long from = StartRound(0, depths, across, address);
        from = StartRound(depths, depths, across, from);
        if (rounds > 2)
        {
            from = StartRound(2 * depths, depths, across, from);
            from = StartRound(3 * depths, depths, across, from);
        }
        if (rounds > 4)
        {
            from = StartRound(4 * depths, depths, across, from);
            from = StartRound(5 * depths, depths, across, from);
            from = StartRound(6 * depths, depths, across, from);
            StartRound(7 * depths, depths, across, from);
        }
    }

    /// <summary>Starts 1 to 4 copies, and gives where the next round reads.</summary>
    private long StartRound(int depth, int depths, int across, long from)
    {
        StartCopy(depth, 0, from);
        if (across < tile.Count)
            StartCopy(depth, across, from);
        if (2 * across < tile.Count)
            StartCopy(depth, 2 * across, from);
        if (3 * across < tile.Count)
            StartCopy(depth, 3 * across, from);
        return from + ((long)depths * depthBytes);
    }

    private void StartCopy(int depth, int line, long from)
    {
        uint place = to + (uint)((depth * tile.PitchBytes) + (4 * line));
        if (TWidth.Floats == 4)
            AsyncCopy.SixteenBytes(place, from + (4 * line), depth, terms, line, lines);
        else
            AsyncCopy.FourBytes(place, from + (4 * line), depth, terms, line, lines);
    }
}
