namespace GalaxyNet.Kernels;

/// <summary>
/// A thread's copies of pixels for one slice: in each round one tap of two windows, half a slice apart.
/// </summary>
/// <param name="tile">The lines, which are taps.</param>
/// <param name="tap">Where the first tap is, in a table of <see cref="WindowTap"/>.</param>
/// <param name="near">The first window.</param>
/// <param name="far">The second.</param>
/// <param name="to">Where the first pixel goes, in bytes of shared memory.</param>
internal readonly struct PairsOfPixels(TileLines tile, long tap, PixelWindow near, PixelWindow far, uint to)
{
    private readonly TileLines tile = tile;
    private readonly long tap = tap;
    private readonly PixelWindow near = near;
    private readonly PixelWindow far = far;
    private readonly uint to = to;

    /// <summary>Starts 4 or 8 rounds. ILGPU unrolls no loops.</summary>
    public void Start()
    {
        StartPair(0);
        StartPair(1);
        StartPair(2);
        StartPair(3);
        if (tile.Count / PlaceAlongLines.LinesOfRound(tile) > 4)
        {
            StartPair(4);
            StartPair(5);
            StartPair(6);
            StartPair(7);
        }
    }

    private void StartPair(int round)
    {
        int lines = round * PlaceAlongLines.LinesOfRound(tile);
        uint place = to + (uint)(4 * lines);
        AsyncCopy.TwoPixels(
            place, place + (uint)(PlaceAlongLines.DepthsOfWarp * tile.PitchBytes), tap + (16 * lines), near, far);
    }
}

/// <summary>A window of an image.</summary>
/// <param name="address">Where the pixel of a tap without an offset is.</param>
/// <param name="missingRows">Bits of the rows that it lacks.</param>
/// <param name="missingColumns">Bits of the columns that it lacks.</param>
internal readonly struct PixelWindow(long address, uint missingRows, uint missingColumns)
{
    public readonly long Address = address;
    public readonly uint MissingRows = missingRows;
    public readonly uint MissingColumns = missingColumns;
}
