namespace GalaxyNet.Kernels;

/// <summary>
/// The parts of a product whose depth is split among groups: where each group leaves its tile, and which of them adds
/// the tiles up.
/// </summary>
/// <remarks>
/// Whichever group of a tile arrives last adds all parts, in their order and not in that of their arrival: the same
/// bits every time, without a second launch. Where parts are many they are added in clusters first, so that no group
/// reads more than about two square roots of them.
/// </remarks>
/// <param name="depth">The terms of the product's sums.</param>
/// <param name="depthOfPart">The terms of a part's.</param>
/// <param name="tiles">Room for each tile of each part, row by row.</param>
/// <param name="arrivals">
/// How many groups have come, for each cluster of each tile and for the clusters together; zeros before a launch, and
/// after it.
/// </param>
/// <param name="count">The number of parts; 1 of a product that is not split.</param>
/// <param name="clusters">The number of clusters.</param>
/// <param name="clusterBits">The number of parts in a cluster, as a power of two.</param>
/// <param name="across">Tiles side by side.</param>
/// <param name="down">Tiles one below the other.</param>
/// <param name="place">What the current group computes.</param>
internal readonly struct CudaParts(
    int depth,
    int depthOfPart,
    ArrayView<Float4> tiles,
    ArrayView<int> arrivals,
    int count,
    int clusters,
    int clusterBits,
    int across,
    int down,
    CudaPlace place = default)
{
    private const int MostOfOneCluster = 8;

    private readonly int depth = depth;
    private readonly int depthOfPart = depthOfPart;
    private readonly ArrayView<Float4> tiles = tiles;
    private readonly ArrayView<int> arrivals = arrivals;
    private readonly int count = count;
    private readonly int clusters = clusters;
    private readonly int clusterBits = clusterBits;
    private readonly int across = across;
    private readonly int down = down;
    private readonly CudaPlace place = place;

    /// <summary>The number of parts.</summary>
    public int Count => count;

    /// <summary>Tiles side by side.</summary>
    public int Across => across;

    /// <summary>Tiles one below the other.</summary>
    public int Down => down;

    /// <summary>The current group's row of tiles.</summary>
    public int Row => place.Row;

    /// <summary>The current group's column of tiles.</summary>
    public int Column => place.Column;

    /// <summary>Which of several products the current group is at work on.</summary>
    public int Matrix => place.Part / count;

    /// <summary>The first term of the current group's part.</summary>
    public int Start => Part * depthOfPart;

    /// <summary>The terms of the current group's part.</summary>
    public int Terms => IntrinsicMath.Min(depthOfPart, depth - Start);

    private int Part => place.Part - (Matrix * count);

    private int Cluster => Part >> clusterBits;

    private int FirstOfCluster => Cluster << clusterBits;

    private int Tile => (((Matrix * down) + Row) * across) + Column;

    /// <summary>The parts of a plan.</summary>
    /// <param name="plan">How the product is cut.</param>
    /// <param name="depth">The terms of its sums.</param>
    /// <param name="memory">Where they go.</param>
    public static CudaParts Of(TilePlan plan, int depth, PartMemory memory)
    {
        double ofCluster = plan.Parts <= MostOfOneCluster ? plan.Parts : Math.Sqrt(plan.Parts);
        int clusterBits = (int)Math.Ceiling(Math.Log2(ofCluster));
        int clusters = Rounding.CeilingDivide(plan.Parts, 1 << clusterBits);
        int counts = plan.Parts == 1 ? 1 : plan.Matrices * plan.Across * plan.Down * (clusters + 1);
        long fours = plan.Parts == 1 ? 1 : (long)plan.Groups * plan.Tile.Rows * plan.Tile.Columns / 4;
        return new CudaParts(
            depth,
            plan.DepthOfPart,
            memory.Tiles(fours),
            memory.Arrivals(counts),
            plan.Parts,
            clusters,
            clusterBits,
            plan.Across,
            plan.Down);
    }

    /// <summary>With what the current group computes.</summary>
    public CudaParts At(CudaPlace current) =>
        new(depth, depthOfPart, tiles, arrivals, count, clusters, clusterBits, across, down, current);

    /// <summary>The current group's tile of its own part.</summary>
    public ArrayView<Float4> OwnTile<TTile>()
        where TTile : struct, ICudaTile => TileOf<TTile>(Part);

    /// <summary>
    /// Says that the current group has left its tile, and adds its cluster up if it is the last of that.
    /// </summary>
    /// <param name="flag">An integer of shared memory.</param>
    /// <returns>1 in the last group of the tile, whose clusters are then all added up; else 0.</returns>
    public int Arrive<TTile>(ArrayView<int> flag)
        where TTile : struct, ICudaTile
    {
        int size = IntrinsicMath.Min(1 << clusterBits, count - FirstOfCluster);
        int first = Tile * (clusters + 1);
        if (IsLast(flag, first + Cluster, size) == 0)
            return 0;
        if (clusters == 1)
            return 1;
        AddCluster<TTile>(size);
        return IsLast(flag, first + clusters, clusters);
    }

    /// <summary>The sums of four fours of the current tile, over its clusters.</summary>
    /// <param name="four">The first of the fours.</param>
    /// <param name="step">From one to the next.</param>
    public FourFours SumOfClusters<TTile>(int four, int step)
        where TTile : struct, ICudaTile
    {
        // A cluster of all parts has not been added up yet.
        int stride = clusters == 1 ? 1 : 1 << clusterBits;
        var sum = FourFours.At(TileOf<TTile>(0), four, step);
        for (int part = stride; part < count; part += stride)
            sum = sum.Plus(FourFours.At(TileOf<TTile>(part), four, step));
        return sum;
    }

    private ArrayView<Float4> TileOf<TTile>(int part)
        where TTile : struct, ICudaTile =>
        tiles.SubView((long)((Tile * count) + part) * (TTile.Rows * TTile.Columns / 4));

    private void AddCluster<TTile>(int size)
        where TTile : struct, ICudaTile
    {
        int threads = CudaTile.Threads<TTile>();
        for (int four = Group.IdxX; four < TTile.Rows * TTile.Columns / 4; four += FourFours.Count * threads)
        {
            var sum = FourFours.At(TileOf<TTile>(FirstOfCluster), four, threads);
            for (int part = 1; part < size; part++)
                sum = sum.Plus(FourFours.At(TileOf<TTile>(FirstOfCluster + part), four, threads));
            sum.Store(TileOf<TTile>(FirstOfCluster), four, threads);
        }
    }

    /// <summary>
    /// 1 for the last of so many groups to come here, to which what the others wrote is there; else 0.
    /// </summary>
    private int IsLast(ArrayView<int> flag, int counter, int groups)
    {
        MemoryFence.DeviceLevel();
        Group.Barrier();
        if (Group.IsFirstThread)
        {
            int before = Atomic.Add(ref arrivals[counter], 1);
            flag[0] = before == groups - 1 ? 1 : 0;
            if (before == groups - 1)
                Atomic.Exchange(ref arrivals[counter], 0);
        }
        Group.Barrier();
        int isLast = flag[0];
        MemoryFence.DeviceLevel();
        Group.Barrier(); // before the flag is used again
        return isLast;
    }
}
