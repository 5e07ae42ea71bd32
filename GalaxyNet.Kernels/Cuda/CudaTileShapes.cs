namespace GalaxyNet.Kernels;

/// <summary>Every <see cref="ICudaTile"/> as the launchers and plans see it.</summary>
internal static class CudaTileShapes
{
    public static TileShape Of128x128 { get; } = Of<CudaTile128x128>(128, 0.86);

    public static TileShape Of96x128 { get; } = Of<CudaTile96x128>(168, 0.86);

    public static TileShape Of64x128 { get; } = Of<CudaTile64x128>(128, 0.83);

    public static TileShape Of64x64 { get; } = Of<CudaTile64x64>(128, 0.81);

    /// <summary>Every tile of multiply-adds in float32, largest first.</summary>
    public static IReadOnlyList<TileShape> OfFloat32 { get; } = [Of128x128, Of96x128, Of64x128, Of64x64];

    /// <summary>Every tile on tensor cores, largest first.</summary>
    /// <remarks>
    /// The part of the time in which they compute is what the estimate of <c>ptx</c> says of an H200: what keeps them
    /// waiting is shared memory with one product, and instructions with three.
    /// </remarks>
    public static IReadOnlyList<TileShape> OnTensorCores { get; } =
    [
        Of<Tf32Tile128x128>(255, 0.6),
        Of<Tf32x3Tile128x128>(255, 0.8),
        Of<Tf32Tile96x128>(255, 0.6),
        Of<Tf32x3Tile96x128>(255, 0.8),
        Of<Tf32Tile64x128>(168, 0.5),
        Of<Tf32x3Tile64x128>(168, 0.8),
        Of<Tf32Tile64x64>(168, 0.5),
        Of<Tf32x3Tile64x64>(168, 0.75),
    ];

    /// <summary>Every tile in assembly.</summary>
    public static IReadOnlyList<TileShape> All { get; } = [.. OfFloat32, .. OnTensorCores];

    /// <summary>Whether a device takes these for what it is free, or forced, to take them for.</summary>
    public static bool Serve(Device device, TileChoice? forced) =>
        forced is null
            ? device.RunsCudaTiles
            : All.Any(tile => tile.Type == forced.Tile.Type); // whatever its registers

    private static TileShape Of<TTile>(int registersOfThread, double multiplyAddShare)
        where TTile : struct, ICudaTile =>
        new(
            typeof(TTile),
            TTile.Rows,
            TTile.Columns,
            CudaTile.Depth,
            CudaTile.Threads<TTile>(),
            registersOfThread,
            multiplyAddShare,
            CudaTile.UsesTensorCores<TTile>() ? TileCosts.TensorCores : TileCosts.Cuda)
        {
            Arithmetic = TTile.Arithmetic,
            DynamicSharedBytes = CudaTile.DynamicSharedBytes<TTile>(),
        };
}
