namespace GalaxyNet.Kernels;

/// <summary>How groups share out a product: by tiles, and by parts of the depth where the tiles are too few.</summary>
/// <param name="Tile">What a group computes.</param>
/// <param name="Across">Tiles side by side.</param>
/// <param name="Down">Tiles one below the other.</param>
/// <param name="Parts">How many groups compute a tile, each a part of its sums.</param>
/// <param name="DepthOfPart">The terms of a part's sums; a multiple of the tile's slices.</param>
/// <param name="Matrices">How many products of the same size are cut in the same way.</param>
internal sealed record TilePlan(TileShape Tile, int Across, int Down, int Parts, int DepthOfPart, int Matrices)
{
    /// <summary>Terms under which no part is worth its launch.</summary>
    public const int FewestTermsOfPart = 64;

    private const int MostRounds = 4;
    private const int ThreadsOfWarp = 32;
    private const int Schedulers = 4; // of a multiprocessor

    // Into how many parts a depth may be split: these, doubled again and again, and the multiprocessors' number times
    // these. Few, so that each could be timed.
    private static readonly double[] StepsOfParts = [1, 1.25, 1.5];
    private static readonly double[] PartsOfMultiprocessors = [1, 1.5, 2];

    /// <summary>All groups of the launch.</summary>
    public int Groups => Across * Down * Parts * Matrices;

    /// <summary>Such as <c>96x128 / 2</c>: the tile, and the parts where there are several.</summary>
    public string Name => Parts == 1 ? Tile.Name : $"{Tile.Name} / {Parts}";

    /// <summary>The plan that takes the least time, by an estimate, for a product of so many terms.</summary>
    /// <param name="engine">What computes it, with the registers of the kernel.</param>
    /// <param name="size">The product.</param>
    /// <param name="gpu">What there is to fill.</param>
    public static TilePlan For(TileEngine engine, ProductSize size, GpuSize gpu) =>
        All(engine, size, gpu).MinBy(plan => plan.Clocks(size, gpu))!;

    /// <summary>Every plan that is considered, the smallest tile first, which is taken among equals.</summary>
    public static IEnumerable<TilePlan> All(TileEngine engine, ProductSize size, GpuSize gpu) =>
        from tile in engine.Tiles.Reverse()
        where gpu.Runs(tile)
        from plan in PartsFor(tile, size, gpu).Select(parts => Of(new TileChoice(tile, parts), size)).Distinct()
        select plan;

    /// <summary>The plan for a product with a given tile and, if the depth allows, so many parts.</summary>
    public static TilePlan Of(TileChoice choice, ProductSize size)
    {
        int slices = Rounding.CeilingDivide(size.Depth, choice.Tile.SliceDepth);
        int slicesOfPart = Rounding.CeilingDivide(slices, choice.Parts);
        int parts = Rounding.CeilingDivide(slices, slicesOfPart);
        return new TilePlan(
            choice.Tile,
            choice.Tile.GroupsAcross(size.Columns),
            choice.Tile.GroupsDown(size.Rows),
            parts,
            slicesOfPart * choice.Tile.SliceDepth,
            size.Matrices);
    }

    /// <summary>
    /// The clocks that the product takes, by an estimate. Groups come in rounds: as many as fit on each multiprocessor,
    /// and in the last round what is left.
    /// </summary>
    public double Clocks(ProductSize size, GpuSize gpu)
    {
        int atOnce = gpu.Multiprocessors * Tile.GroupsAtOnce;
        int left = Rounding.CeilingDivide(Groups % atOnce, gpu.Multiprocessors);
        double clocksOfSlices = (Groups / atOnce * ClocksOfSlice(Tile.GroupsAtOnce, gpu))
            + (left == 0 ? 0 : ClocksOfSlice(left, gpu));
        double slices = ((double)DepthOfPart / Tile.SliceDepth) + Tile.Costs.SlicesOfStartAndEnd;
        return (slices * clocksOfSlices) + (Parts == 1 ? 0 : ClocksOfParts(size, gpu));
    }

    private static IEnumerable<int> PartsFor(TileShape tile, ProductSize size, GpuSize gpu)
    {
        int groups = tile.GroupsAcross(size.Columns) * tile.GroupsDown(size.Rows) * size.Matrices;
        int toFill = MostRounds * gpu.Multiprocessors * tile.GroupsAtOnce / groups;
        int limit = Math.Min(size.Depth / FewestTermsOfPart, (int)(int.MaxValue / size.Elements));
        int most = Math.Max(Math.Min(toFill, limit), 1);
        return Enumerable.Range(0, 1 + (int)Math.Log2(most))
            .SelectMany(doublings => StepsOfParts.Select(step => step * (1 << doublings)))
            .Concat(PartsOfMultiprocessors.Select(share => share * gpu.Multiprocessors))
            .Where(parts => parts == Math.Floor(parts) && parts <= most)
            .Select(parts => (int)parts)
            .Order();
    }

    /// <summary>
    /// Of a slice of so many groups on one multiprocessor: their arithmetic, one after the other, and the wait for
    /// memory, which they have together. A warp alone cannot use more than one of the four schedulers.
    /// </summary>
    private double ClocksOfSlice(int groups, GpuSize gpu)
    {
        double multiplyAdds = (double)Tile.Rows * Tile.Columns * Tile.SliceDepth;
        double schedulers = Math.Min(groups * Tile.Threads / ThreadsOfWarp, Schedulers);
        double arithmetic = groups * multiplyAdds / gpu.MultiplyAddsOfClock(Tile.Arithmetic) * Schedulers / schedulers;
        int loads = LoadsOfThread(Tile.Rows) + LoadsOfThread(Tile.Columns);
        return Tile.Costs.ClocksOfSlice + (loads * Tile.Costs.ClocksOfLoad) + (arithmetic / Tile.MultiplyAddShare);
    }

    private int LoadsOfThread(int lines) => Rounding.CeilingDivide(lines * Tile.SliceDepth, 4 * Tile.Threads);

    private double ClocksOfParts(ProductSize size, GpuSize gpu)
    {
        double bytes = 2.0 * sizeof(float) * Parts * size.Elements; // written, and read again
        return Tile.Costs.ClocksOfAddingParts + gpu.ClocksOfBytes(bytes);
    }
}

/// <summary>A tile, and into how many parts the depth is split.</summary>
/// <param name="Tile">The tile.</param>
/// <param name="Parts">The parts.</param>
/// <param name="FastImages">For a convolution: how many images a fast one takes at once; 0 for a direct one.</param>
internal sealed record TileChoice(TileShape Tile, int Parts, int FastImages = 0);

/// <summary>The extents of a product.</summary>
/// <param name="Rows">Rows of the product.</param>
/// <param name="Columns">Columns of the product.</param>
/// <param name="Depth">The terms of each sum.</param>
/// <param name="Matrices">How many such products there are.</param>
internal readonly record struct ProductSize(int Rows, int Columns, int Depth, int Matrices = 1)
{
    /// <summary>Numbers in all of them.</summary>
    public long Elements => (long)Rows * Columns * Matrices;
}
