namespace GalaxyNet.Kernels;

/// <summary>An <see cref="ITile"/> as the launchers see it.</summary>
/// <param name="Rows">Rows of the product that a group computes.</param>
/// <param name="Columns">Columns of the product that a group computes.</param>
/// <param name="Threads">The threads of a group.</param>
/// <param name="Efficiency">
/// The speed of a full tile as a share of the largest one's: an estimate, from the multiply-adds for each word that is read.
/// </param>
internal sealed record TileShape(int Rows, int Columns, int Threads, double Efficiency)
{
    /// <summary><see cref="Tile128x128"/>.</summary>
    public static TileShape Of128x128 { get; } = Of<Tile128x128>(1.0);

    /// <summary><see cref="Tile96x128"/>.</summary>
    public static TileShape Of96x128 { get; } = Of<Tile96x128>(0.95);

    /// <summary><see cref="Tile64x128"/>.</summary>
    public static TileShape Of64x128 { get; } = Of<Tile64x128>(0.85);

    /// <summary><see cref="Tile64x64"/>.</summary>
    public static TileShape Of64x64 { get; } = Of<Tile64x64>(0.7);

    /// <summary><see cref="Tile16x16"/>.</summary>
    public static TileShape Of16x16 { get; } = Of<Tile16x16>(0.15);

    /// <summary>Every tile, largest first.</summary>
    public static IReadOnlyList<TileShape> All { get; } = [Of128x128, Of96x128, Of64x128, Of64x64, Of16x16];

    /// <summary>The tile that takes the least time for a product, the idle rows and columns at its edges included.</summary>
    /// <param name="rows">Rows of the product.</param>
    /// <param name="columns">Columns of the product.</param>
    /// <param name="maxThreads">The most threads that a group of the device can have; at least 16.</param>
    public static TileShape For(int rows, int columns, int maxThreads) =>
        All.Where(tile => tile.Threads <= maxThreads).MinBy(tile => tile.TimeFor(rows, columns))!;

    /// <summary>Groups that cover so many rows.</summary>
    public int GroupsDown(int rows) => (rows + Rows - 1) / Rows;

    /// <summary>Groups that cover so many columns.</summary>
    public int GroupsAcross(int columns) => (columns + Columns - 1) / Columns;

    private double TimeFor(int rows, int columns) =>
        (double)GroupsDown(rows) * Rows * GroupsAcross(columns) * Columns / Efficiency;

    private static TileShape Of<TTile>(double efficiency)
        where TTile : struct, ITile => new(TTile.Rows, TTile.Columns, TileProduct.Threads<TTile>(), efficiency);
}
