using System.Reflection;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>A tile as the launchers and plans see it.</summary>
/// <param name="Type">What a kernel is compiled for: an <see cref="ITile"/> or <see cref="ICudaTile"/>.</param>
/// <param name="Rows">Rows of the product that a group computes.</param>
/// <param name="Columns">Columns of the product that a group computes.</param>
/// <param name="SliceDepth">Terms of the sum that it takes at once.</param>
/// <param name="Threads">The threads of a group.</param>
/// <param name="RegistersOfThread">
/// What a thread may have: enough that no kernel spills, by ptxas 11.8 for sm_80, 89 and 90.
/// </param>
/// <param name="MultiplyAddShare">
/// The part of a convolution's time in which it multiplies and adds, from 0 to 1: of its instructions, or of what its
/// tensor cores could do.
/// </param>
/// <param name="Costs">What else the work of a group costs.</param>
internal sealed record TileShape(
    Type Type,
    int Rows,
    int Columns,
    int SliceDepth,
    int Threads,
    int RegistersOfThread,
    double MultiplyAddShare,
    TileCosts Costs)
{
    private const int RegistersOfMultiprocessor = 65536;

    /// <summary><see cref="Tile128x128"/>.</summary>
    public static TileShape Of128x128 { get; } = Of<Tile128x128>(128, 0.77);

    /// <summary><see cref="Tile96x128"/>.</summary>
    public static TileShape Of96x128 { get; } = Of<Tile96x128>(168, 0.73);

    /// <summary><see cref="Tile64x128"/>.</summary>
    public static TileShape Of64x128 { get; } = Of<Tile64x128>(128, 0.70);

    /// <summary><see cref="Tile64x64"/>.</summary>
    public static TileShape Of64x64 { get; } = Of<Tile64x64>(168, 0.66);

    /// <summary><see cref="Tile64x32"/>.</summary>
    public static TileShape Of64x32 { get; } = Of<Tile64x32>(168, 0.60);

    /// <summary>Every tile in C#, largest first.</summary>
    public static IReadOnlyList<TileShape> All { get; } = [Of128x128, Of96x128, Of64x128, Of64x64, Of64x32];

    /// <summary>What multiplies.</summary>
    public TileArithmetic Arithmetic { get; init; } = TileArithmetic.Float32;

    /// <summary>
    /// Bytes of shared memory that a launch has to ask for; 0 where the kernel declares what it needs.
    /// </summary>
    public int DynamicSharedBytes { get; init; }

    /// <summary>Groups that a multiprocessor has registers for.</summary>
    public int GroupsAtOnce => RegistersOfMultiprocessor / (Threads * RegistersOfThread);

    /// <summary>
    /// What the kernels are compiled with: the driver's compiler, which may give a thread 255 registers, has to get
    /// along with so few that these groups fit on a multiprocessor.
    /// </summary>
    public KernelSpecialization Specialization => new(Threads, GroupsAtOnce);

    /// <summary>Such as 96x128, or 96x128-tf32 on tensor cores.</summary>
    public string Name => $"{Rows}x{Columns}" + Arithmetic switch
    {
        TileArithmetic.Tf32 => "-tf32",
        TileArithmetic.Tf32x3 => "-3xtf32",
        _ => "",
    };

    /// <summary>The tile with the registers that a kernel wants.</summary>
    public TileShape For(MethodInfo kernel) =>
        kernel.GetCustomAttributes<RegistersAttribute>().SingleOrDefault(each => each.Tile == Type) is { } registers
            ? this with { RegistersOfThread = registers.Count }
            : this;

    /// <summary>A launch of so many groups.</summary>
    public KernelConfig Launch(Index3D groups)
    {
        var threads = new Index3D(Threads, 1, 1);
        return DynamicSharedBytes == 0
            ? new KernelConfig(groups, threads)
            : new KernelConfig(groups, threads, SharedMemoryConfig.RequestDynamic<byte>(DynamicSharedBytes));
    }

    /// <summary>Groups that cover so many rows.</summary>
    public int GroupsDown(int rows) => Rounding.CeilingDivide(rows, Rows);

    /// <summary>Groups that cover so many columns.</summary>
    public int GroupsAcross(int columns) => Rounding.CeilingDivide(columns, Columns);

    private static TileShape Of<TTile>(int registersOfThread, double multiplyAddShare)
        where TTile : struct, ITile =>
        new(
            typeof(TTile),
            TTile.Rows,
            TTile.Columns,
            TileProduct.Depth,
            TileProduct.Threads<TTile>(),
            registersOfThread,
            multiplyAddShare,
            TileCosts.CSharp);
}
