using System.Reflection;

namespace GalaxyNet.Kernels;

/// <summary>A way to compute matrix products tile by tile: the tiles that it has.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Tiles">Its tiles, largest first.</param>
internal sealed record TileEngine(string Name, IReadOnlyList<TileShape> Tiles)
{
    /// <summary><see cref="TileProduct"/>: tiles as structs of C#.</summary>
    public static TileEngine CSharp { get; } = new("C#", TileShape.All);

    /// <summary><see cref="CudaProduct"/>: tiles in assembly.</summary>
    public static TileEngine Cuda { get; } = new("PTX", CudaTileShapes.All);

    /// <summary>The engine that a device uses for what both can do.</summary>
    public static TileEngine Of(Device device) => device.RunsCudaTiles ? Cuda : CSharp;

    /// <summary>The tile of any engine that kernels are compiled for by a type; null if there is none.</summary>
    public static TileShape? ShapeOf(Type? type) =>
        CSharp.Tiles.Concat(Cuda.Tiles).SingleOrDefault(tile => tile.Type == type);

    /// <summary>
    /// The engine as one kernel wants it: see <see cref="RegistersAttribute"/> and <see cref="KeepsFloat32Attribute"/>.
    /// </summary>
    public TileEngine For(MethodInfo kernel)
    {
        bool mayRound = kernel.GetCustomAttribute<KeepsFloat32Attribute>() is null;
        var tiles = Tiles.Where(tile => mayRound || tile.Arithmetic != TileArithmetic.Tf32);
        return this with { Tiles = [.. tiles.Select(tile => tile.For(kernel))] };
    }
}
