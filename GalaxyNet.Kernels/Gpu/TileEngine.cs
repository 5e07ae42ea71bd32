using System.Reflection;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>A way to compute matrix products tile by tile: the tiles that it has, and what they cost.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Tiles">Its tiles, largest first.</param>
/// <param name="Costs">What a <see cref="TilePlan"/> reckons with.</param>
internal sealed record TileEngine(string Name, IReadOnlyList<TileShape> Tiles, TileCosts Costs)
{
    /// <summary><see cref="TileProduct"/>: tiles as structs of C#.</summary>
    public static TileEngine CSharp { get; } = new(
        "C#",
        TileShape.All,
        new TileCosts(
            ClocksOfSlice: 200,
            ClocksOfLoad: 320,
            SlicesOfStartAndEnd: 4,
            ClocksOfAddingParts: 5000));

    /// <summary>
    /// <see cref="CudaProduct"/>: tiles in assembly. No card has timed them yet: its costs are guesses.
    /// </summary>
    public static TileEngine Cuda { get; } = new(
        "PTX",
        CudaTileShapes.All,
        new TileCosts(
            ClocksOfSlice: 800,
            ClocksOfLoad: 20,
            SlicesOfStartAndEnd: 3,
            ClocksOfAddingParts: 4000));

    /// <summary>The engine that a device uses for what both can do.</summary>
    public static TileEngine Of(Device device) => device.RunsCudaTiles ? Cuda : CSharp;

    /// <summary>The tile of any engine that kernels are compiled for by a type; null if there is none.</summary>
    public static TileShape? ShapeOf(Type? type) =>
        CSharp.Tiles.Concat(Cuda.Tiles).SingleOrDefault(tile => tile.Type == type);

    /// <summary>The engine with the registers that one kernel wants: see <see cref="RegistersAttribute"/>.</summary>
    public TileEngine For(MethodInfo kernel) => this with { Tiles = [.. Tiles.Select(tile => tile.For(kernel))] };

    /// <summary>The registers of a tile's kernel, and how many groups are to fit.</summary>
    public KernelSpecialization SpecializationOf(Type tile) =>
        Tiles.Single(each => each.Type == tile).Specialization;
}

/// <summary>What the work of a group costs besides its arithmetic, in clocks of a GPU.</summary>
/// <remarks>
/// Fitted to timings of every tile and many splits of attempt 4's products on an H200 (2026-11-28): the page beside
/// this file has the model, and a test holds each product's plan against the best that was timed.
/// </remarks>
/// <param name="ClocksOfSlice">Of each slice: its barrier, and what else a group waits for.</param>
/// <param name="ClocksOfLoad">Of each slice, for every four numbers that one thread brings from memory.</param>
/// <param name="SlicesOfStartAndEnd">
/// What bringing the first slice and storing the product take, in slices.
/// </param>
/// <param name="ClocksOfAddingParts">Of the second launch where the depth is split, besides its memory traffic.</param>
internal sealed record TileCosts(
    double ClocksOfSlice, double ClocksOfLoad, double SlicesOfStartAndEnd, double ClocksOfAddingParts);
