namespace GalaxyNet.Kernels;

/// <summary>The extents of two products in one launch, of which one may be left out.</summary>
internal readonly record struct PairSize(ProductSize? First, ProductSize? Second);

/// <summary>How the two are cut; both have the same tile.</summary>
/// <param name="First">How the first is cut, if there is one.</param>
/// <param name="Second">How the second is cut, if there is one.</param>
internal sealed record PairPlan(TilePlan? First, TilePlan? Second)
{
    /// <summary>The tile.</summary>
    public TileShape Tile => (First ?? Second)!.Tile;

    /// <summary>The plan that takes the least time, by an estimate.</summary>
    public static PairPlan For(TileEngine engine, PairSize size, GpuSize gpu) => (
        from tile in engine.Tiles
        where gpu.Runs(tile)
        let only = engine with { Tiles = [tile] }
        select Of(size, product => TilePlan.For(only, product, gpu)))
        .MinBy(plan => plan.Clocks(size, gpu))!;

    /// <summary>The plan with a given tile and so many parts.</summary>
    public static PairPlan Of(TileChoice choice, PairSize size) =>
        Of(size, product => TilePlan.Of(choice, product));

    /// <summary>The clocks that both take, by an estimate.</summary>
    public double Clocks(PairSize size, GpuSize gpu) =>
        (First?.Clocks(size.First!.Value, gpu) ?? 0) + (Second?.Clocks(size.Second!.Value, gpu) ?? 0);

    private static PairPlan Of(PairSize size, Func<ProductSize, TilePlan> plan) => new(
        size.First is { } first ? plan(first) : null, size.Second is { } second ? plan(second) : null);
}
