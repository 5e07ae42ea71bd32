namespace GalaxyNet.Kernels;

/// <summary>How groups share out a product: by tiles, and by parts of the depth where the tiles are too few.</summary>
/// <param name="Tile">What a group computes.</param>
/// <param name="Across">Tiles side by side.</param>
/// <param name="Down">Tiles one below the other.</param>
/// <param name="Parts">How many groups compute a tile, each a part of its sums.</param>
/// <param name="DepthOfPart">The terms of a part's sums; a multiple of <see cref="TileProduct.Depth"/>.</param>
internal sealed record TilePlan(TileShape Tile, int Across, int Down, int Parts, int DepthOfPart)
{
    private const int FewestSlicesOfPart = 8;
    private const int MostRounds = 2;
    private const double MultiplyAddsPerFloatMoved = 40; // 20 on an A100, 40 on an H100, 160 on an RTX 4090

    /// <summary>All groups of the launch.</summary>
    public int Groups => Across * Down * Parts;

    /// <summary>The plan that takes the least time, by an estimate, for a product of so many terms.</summary>
    /// <remarks>
    /// Groups come in rounds, one group or more on each multiprocessor. The last round of 128 tiles on 108
    /// multiprocessors takes as long as the first, so it can pay to split the depth of large products too.
    /// </remarks>
    /// <param name="rows">Rows of the product.</param>
    /// <param name="columns">Columns of the product.</param>
    /// <param name="depth">The terms of a sum.</param>
    /// <param name="multiprocessors">What there is to fill.</param>
    /// <param name="maxThreads">The most threads that a group of the device can have; at least 32.</param>
    public static TilePlan For(int rows, int columns, int depth, int multiprocessors, int maxThreads) =>
        TileShape.All.Reverse().Where(tile => tile.Threads <= maxThreads) // of equals the smallest
            .SelectMany(tile => Enumerable.Range(1, MostParts(tile, rows, columns, depth, multiprocessors))
                .Select(parts => Of(new TileChoice(tile, parts), rows, columns, depth)))
            .MinBy(plan => plan.Time(rows, columns, multiprocessors))!;

    /// <summary>The plan for a product with a given tile and, if the depth allows, so many parts.</summary>
    public static TilePlan Of(TileChoice choice, int rows, int columns, int depth)
    {
        int slices = Slices(depth);
        int slicesOfPart = Rounding.CeilingDivide(slices, choice.Parts);
        int parts = Rounding.CeilingDivide(slices, slicesOfPart);
        return new TilePlan(
            choice.Tile,
            choice.Tile.GroupsAcross(columns),
            choice.Tile.GroupsDown(rows),
            parts,
            slicesOfPart * TileProduct.Depth);
    }

    private static int Slices(int depth) => Rounding.CeilingDivide(depth, TileProduct.Depth);

    private static int MostParts(TileShape tile, int rows, int columns, int depth, int multiprocessors)
    {
        int groups = tile.GroupsAcross(columns) * tile.GroupsDown(rows);
        int toFill = MostRounds * multiprocessors * tile.GroupsToFill / groups;
        int limit = Math.Min(Slices(depth) / FewestSlicesOfPart, int.MaxValue / (rows * columns));
        return Math.Max(Math.Min(toFill, limit), 1);
    }

    /// <summary>Multiply-adds that each multiprocessor has the time for while the product is computed.</summary>
    private double Time(int rows, int columns, int multiprocessors)
    {
        int atOnce = multiprocessors * Tile.GroupsToFill;
        int rounds = Rounding.CeilingDivide(Groups, atOnce);
        double efficiency = Groups <= multiprocessors ? 1 : Tile.Efficiency; // a group alone has all the bandwidth
        double products = (double)rounds * Tile.GroupsToFill * Tile.Rows * Tile.Columns * DepthOfPart / efficiency;
        double moved = Parts == 1 ? 0 : 2.0 * Parts * rows * columns * MultiplyAddsPerFloatMoved / multiprocessors;
        return products + moved;
    }
}

/// <summary>A tile, and into how many parts the depth is split.</summary>
internal sealed record TileChoice(TileShape Tile, int Parts);
