namespace GalaxyNet.Kernels;

/// <summary>
/// Tiles that lie side by side in a vector and on one row of the grid too: each row of their pixels is one run of
/// pixels of the image.
/// </summary>
/// <param name="Image">Their image.</param>
/// <param name="Row">Their row in the grid.</param>
/// <param name="Column">The first one's column.</param>
/// <param name="Tiles">How many; 0 after a vector's last.</param>
internal readonly record struct TileRun(int Image, int Row, int Column, int Tiles);

/// <summary>
/// The tiles in the lanes of a register tile's vectors, found once for all rows of the register tile.
/// </summary>
internal readonly unsafe struct TileVectors
{
    private readonly TileRun* runs;
    private readonly int runsOfVector;

    /// <summary>Finds the tiles.</summary>
    /// <param name="tiles">What is taken at once.</param>
    /// <param name="columnsPerImage">Lanes of an image, at least as many as tiles.</param>
    /// <param name="firstColumn">The first lane of the first vector.</param>
    /// <param name="vectors">The most vectors.</param>
    /// <param name="vectorLength">Lanes of a vector; a vector is of one image.</param>
    /// <param name="runs">Memory for as many runs as <see cref="MostRuns"/> says.</param>
    public TileVectors(
        TilesAtOnce tiles, int columnsPerImage, int firstColumn, int vectors, int vectorLength, TileRun* runs)
    {
        this.runs = runs;
        runsOfVector = vectorLength + 1;
        Count = Math.Min(vectors, ((tiles.Images * columnsPerImage) - firstColumn) / vectorLength);
        for (int v = 0; v < Count; v++)
        {
            var (image, lane) = Math.DivRem(firstColumn + (v * vectorLength), columnsPerImage);
            FindRuns(tiles, tiles.Image + image, tiles.First + lane, vectorLength, RunsOf(v));
        }
    }

    /// <summary>The vectors that have tiles.</summary>
    public int Count { get; }

    /// <summary>Runs to make room for.</summary>
    public static int MostRuns(int vectors, int vectorLength) => vectors * (vectorLength + 1);

    /// <summary>The runs of a vector, up to one without tiles.</summary>
    public TileRun* RunsOf(int vector) => runs + (vector * runsOfVector);

    private static void FindRuns(TilesAtOnce tiles, int image, int tile, int vectorLength, TileRun* target)
    {
        int end = Math.Min(tile + vectorLength, tiles.End);
        while (tile < end)
        {
            var (row, column) = Math.DivRem(tile, tiles.Columns);
            int run = Math.Min(end - tile, tiles.Columns - column);
            *target++ = new TileRun(image, row, column, run);
            tile += run;
        }
        *target = new TileRun(image, 0, 0, 0);
    }
}
