namespace GalaxyNet.Benchmarks;

/// <summary>The time that some work takes on a GPU if one limit alone holds it up, and which.</summary>
/// <remarks>
/// An estimate, not a measurement: four limits from the data sheet, each as if the others were not there, lowered to
/// what <see cref="Calibration"/> says that kernels reach. It knows nothing of spilled registers, of caches, of the
/// prologue and epilogue of a kernel, or of launches.
/// </remarks>
/// <param name="Microseconds">The largest of the four times; of a fast convolution, of each of its parts.</param>
/// <param name="Bound">
/// Which it is: <c>arithmetic</c>, <c>issue</c>, <c>shared</c> or <c>memory</c>. Of a fast convolution, whose other
/// launches are added, that of the longer part.
/// </param>
internal sealed record RooflineEstimate(double Microseconds, string Bound)
{
    private const int ThreadsOfWarp = 32;

    /// <summary>A product on the tile engine, with what a fast convolution does before and after it.</summary>
    /// <param name="gpu">The GPU.</param>
    /// <param name="product">The product.</param>
    /// <param name="plan">How it is cut.</param>
    /// <param name="loop">What its kernel does with a slice.</param>
    public static RooflineEstimate Of(GpuDataSheet gpu, LayerProduct product, TilePlan plan, SliceCounts loop)
    {
        // Whole rounds: in the last one some multiprocessors may have nothing to do. So are idle rows and columns of a
        // tile.
        int rounds = Rounding.CeilingDivide(plan.Groups, gpu.Multiprocessors);
        double multiplyAddsOfGroup = (double)plan.Tile.Rows * plan.Tile.Columns * plan.DepthOfPart;
        double multiplyAdds = rounds * gpu.Multiprocessors * multiplyAddsOfGroup;
        double computed = multiplyAdds * (plan.Tile.Arithmetic == TileArithmetic.Tf32x3 ? 3 : 1);
        double peak = plan.Tile.Arithmetic == TileArithmetic.Float32 ? gpu.PeakTflops : gpu.TensorTflops;
        // A slice is read from the cache beside the shared memory, and written there.
        double copied = 2.0 * sizeof(float) * ((1.0 / plan.Tile.Rows) + (1.0 / plan.Tile.Columns)) * multiplyAdds;
        // The parts of a split sum are written and read again.
        double splitBytes = plan.Parts == 1 ? 0 : 2.0 * plan.Parts * product.Size.Elements * sizeof(float);
        double issuedShare = Calibration.IssuedShare(WarpsInFlight(plan.Tile, rounds));
        return Largest(
            ("arithmetic", 2 * computed / peak),
            ("issue", computed / loop.MultiplyAddsOfInstruction / issuedShare / gpu.TeraInstructions),
            ("shared", ((computed * loop.SharedBytesOfMultiplyAdd) + copied) / gpu.SharedBandwidthTbs),
            ("memory", MemoryTime(gpu, product.Bytes + splitBytes)))
            .And(MemoryTime(gpu, product.BytesAround));
    }

    /// <summary>Work that goes through memory once.</summary>
    public static RooflineEstimate Of(GpuDataSheet gpu, Cost cost) => Largest(
        ("arithmetic", cost.Flops / gpu.PeakTflops),
        ("memory", MemoryTime(gpu, cost.Bytes)));

    /// <summary>Warps on a multiprocessor: of the groups that it gets, or of as many as have room there.</summary>
    private static int WarpsInFlight(TileShape tile, int groups) =>
        Math.Min(groups, tile.GroupsAtOnce) * tile.Threads / ThreadsOfWarp;

    private static double MemoryTime(GpuDataSheet gpu, double bytes) =>
        bytes / gpu.BandwidthTbs / Calibration.MemoryShare;

    // Launches of their own, one after the other.
    private RooflineEstimate And(double picosecondsOfMemory)
    {
        double added = picosecondsOfMemory / 1e6;
        return new(Microseconds + added, added > Microseconds ? "memory" : Bound);
    }

    private static RooflineEstimate Largest(params (string Bound, double Picoseconds)[] limits)
    {
        var (bound, time) = limits.MaxBy(limit => limit.Picoseconds);
        return new RooflineEstimate(time / 1e6, bound);
    }
}

/// <summary>What a product's kernel does with a slice, for each multiply-add that it computes.</summary>
/// <param name="MultiplyAddsOfInstruction">
/// Those of an instruction, all instructions of the slice counted: a share, but on tensor cores.
/// </param>
/// <param name="SharedBytesOfMultiplyAdd">Bytes of shared memory that a thread reads for one.</param>
internal readonly record struct SliceCounts(double MultiplyAddsOfInstruction, double SharedBytesOfMultiplyAdd);
