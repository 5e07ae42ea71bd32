using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>An <see cref="ITile"/> as the launchers see it.</summary>
/// <param name="Type">The tile.</param>
/// <param name="Rows">Rows of the product that a group computes.</param>
/// <param name="Columns">Columns of the product that a group computes.</param>
/// <param name="Threads">The threads of a group.</param>
/// <param name="RegistersOfThread">
/// What a thread needs, by the count on the page beside this file, and may have.
/// </param>
/// <param name="Efficiency">
/// The speed of a full tile as a share of the largest one's: an estimate, from the multiply-adds for each word that is
/// read.
/// </param>
internal sealed record TileShape(
    Type Type, int Rows, int Columns, int Threads, int RegistersOfThread, double Efficiency)
{
    private const int ThreadsToFill = 4 * 32;
    private const int RegistersOfMultiprocessor = 65536;

    /// <summary><see cref="Tile128x128"/>.</summary>
    public static TileShape Of128x128 { get; } = Of<Tile128x128>(128, 1.0);

    /// <summary><see cref="Tile96x128"/>.</summary>
    public static TileShape Of96x128 { get; } = Of<Tile96x128>(168, 0.95);

    /// <summary><see cref="Tile64x128"/>.</summary>
    public static TileShape Of64x128 { get; } = Of<Tile64x128>(128, 0.85);

    /// <summary><see cref="Tile64x64"/>.</summary>
    public static TileShape Of64x64 { get; } = Of<Tile64x64>(128, 0.75);

    /// <summary><see cref="Tile64x32"/>.</summary>
    public static TileShape Of64x32 { get; } = Of<Tile64x32>(128, 0.6);

    /// <summary>Every tile, largest first.</summary>
    public static IReadOnlyList<TileShape> All { get; } = [Of128x128, Of96x128, Of64x128, Of64x64, Of64x32];

    /// <summary>
    /// Groups that a multiprocessor must have to be busy: it has four schedulers, and a warp of this arithmetic
    /// occupies one.
    /// </summary>
    public int GroupsToFill => Math.Max(ThreadsToFill / Threads, 1);

    /// <summary>
    /// What the kernels are compiled with: the driver's compiler, which may give a thread 255 registers, has to get
    /// along with so few that these groups fit on a multiprocessor.
    /// </summary>
    public KernelSpecialization Specialization =>
        new(Threads, RegistersOfMultiprocessor / (Threads * RegistersOfThread));

    /// <summary>Groups that cover so many rows.</summary>
    public int GroupsDown(int rows) => Rounding.CeilingDivide(rows, Rows);

    /// <summary>Groups that cover so many columns.</summary>
    public int GroupsAcross(int columns) => Rounding.CeilingDivide(columns, Columns);

    private static TileShape Of<TTile>(int registersOfThread, double efficiency)
        where TTile : struct, ITile =>
        new(typeof(TTile), TTile.Rows, TTile.Columns, TileProduct.Threads<TTile>(), registersOfThread, efficiency);
}
