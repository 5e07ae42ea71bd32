namespace GalaxyNet.Kernels;

/// <summary>
/// The 4 x 4 tiles that cover an image's outputs, row by row; those at the right and bottom edge may reach past it.
/// </summary>
internal readonly record struct TileGrid(int Rows, int Columns)
{
    public int Count => Rows * Columns;

    public static TileGrid Over(ImageShape size) => new(
        Rounding.CeilingDivide(size.Height, IWinogradTile.Outputs),
        Rounding.CeilingDivide(size.Width, IWinogradTile.Outputs));
}

/// <summary>
/// The order in which the tiles of a batch are taken: a few small images at a time, or a band of a large one.
/// </summary>
/// <param name="Images">Images in the batch.</param>
/// <param name="Grid">The tiles of each.</param>
/// <param name="ImagesAtOnce">Images of a step; the last may have fewer.</param>
/// <param name="BandRows">Rows of tiles of a step; the last band of an image may have fewer.</param>
internal readonly record struct TileSteps(int Images, TileGrid Grid, int ImagesAtOnce, int BandRows)
{
    /// <summary>Steps in which all tiles have been taken.</summary>
    public int Count => Rounding.CeilingDivide(Images, ImagesAtOnce) * Bands;

    /// <summary>The most tiles of a step.</summary>
    public int MostTiles => ImagesAtOnce * BandRows * Grid.Columns;

    /// <summary>Bands of an image.</summary>
    public int Bands => Rounding.CeilingDivide(Grid.Rows, BandRows);

    /// <summary>The tiles of a step.</summary>
    public TilesAtOnce At(int step)
    {
        int image = step / Bands * ImagesAtOnce;
        int firstRow = step % Bands * BandRows;
        int rows = Math.Min(BandRows, Grid.Rows - firstRow);
        return new TilesAtOnce(image, Math.Min(ImagesAtOnce, Images - image), firstRow, rows, Grid.Columns);
    }
}

/// <summary>What is taken at once: whole images, or a band of one.</summary>
/// <param name="Image">The first image.</param>
/// <param name="Images">How many.</param>
/// <param name="FirstRow">The first row of tiles.</param>
/// <param name="Rows">The rows of tiles.</param>
/// <param name="Columns">The tiles of a row.</param>
internal readonly record struct TilesAtOnce(int Image, int Images, int FirstRow, int Rows, int Columns)
{
    /// <summary>The tiles of all images.</summary>
    public int Count => Images * Rows * Columns;

    /// <summary>The first tile of each image.</summary>
    public int First => FirstRow * Columns;

    /// <summary>The tile after the last of each image.</summary>
    public int End => (FirstRow + Rows) * Columns;
}
