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
    private const int ThreadsToFill = 4 * 32;

    /// <summary><see cref="Tile128x128"/>.</summary>
    public static TileShape Of128x128 { get; } = Of<Tile128x128>(1.0);

    /// <summary><see cref="Tile96x128"/>.</summary>
    public static TileShape Of96x128 { get; } = Of<Tile96x128>(0.95);

    /// <summary><see cref="Tile64x128"/>.</summary>
    public static TileShape Of64x128 { get; } = Of<Tile64x128>(0.85);

    /// <summary><see cref="Tile64x64"/>.</summary>
    public static TileShape Of64x64 { get; } = Of<Tile64x64>(0.75);

    /// <summary><see cref="Tile32x32"/>.</summary>
    public static TileShape Of32x32 { get; } = Of<Tile32x32>(0.5);

    /// <summary>Every tile, largest first.</summary>
    public static IReadOnlyList<TileShape> All { get; } = [Of128x128, Of96x128, Of64x128, Of64x64, Of32x32];

    /// <summary>
    /// Groups that a multiprocessor must have to be busy: it has four schedulers, and a warp of this arithmetic occupies one.
    /// </summary>
    public int GroupsToFill => Math.Max(ThreadsToFill / Threads, 1);

    /// <summary>Groups that cover so many rows.</summary>
    public int GroupsDown(int rows) => (rows + Rows - 1) / Rows;

    /// <summary>Groups that cover so many columns.</summary>
    public int GroupsAcross(int columns) => (columns + Columns - 1) / Columns;

    private static TileShape Of<TTile>(double efficiency)
        where TTile : struct, ITile => new(TTile.Rows, TTile.Columns, TileProduct.Threads<TTile>(), efficiency);
}
