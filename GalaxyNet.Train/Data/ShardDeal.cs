namespace GalaxyNet.Train;

/// <summary>
/// Training images dealt to shards, once: each shard has what it needs for its part of every mini-batch. The deal is
/// the same whatever the number of processes.
/// </summary>
internal sealed class ShardDeal
{
    private readonly int[][] shards;
    private readonly int batchSize;

    /// <summary>Deals images: each to its home if there is room for it, the others to the shards with room.</summary>
    /// <param name="images">The images to train on, in their order.</param>
    /// <param name="batchSize">How many a mini-batch has, but for the last one, which has what is left.</param>
    /// <param name="shardCount">How many shards there are: at most as many as a mini-batch has images.</param>
    /// <param name="homeOf">The shard that an image comes to first.</param>
    public ShardDeal(int[] images, int batchSize, int shardCount, Func<int, int> homeOf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, shardCount);
        Images = images.Length;
        this.batchSize = batchSize;
        Steps = Rounding.CeilingDivide(images.Length, batchSize);
        shards = new int[shardCount][];
        int[] room = [.. Enumerable.Range(0, shardCount).Select(SizeOf)];
        int?[] dealt = new int?[images.Length];
        for (int i = 0; i < images.Length; i++)
            dealt[i] = Take(homeOf(images[i]), room);
        int withRoom = 0;
        for (int i = 0; i < images.Length; i++)
        {
            while (dealt[i] is null && (dealt[i] = Take(withRoom, room)) is null)
                withRoom++;
        }
        var byShard = images.Index().ToLookup(image => dealt[image.Index], image => image.Item);
        for (int shard = 0; shard < shardCount; shard++)
            shards[shard] = [.. byShard[shard]];
    }

    /// <summary>How many images are dealt.</summary>
    public int Images { get; }

    /// <summary>How many steps an epoch has.</summary>
    public int Steps { get; }

    /// <summary>The images of each shard, in the order in which all were given.</summary>
    public IReadOnlyList<int[]> Shards => shards;

    /// <summary>
    /// The rows of a step's mini-batch that are a shard's part of it: in the last step there may be none.
    /// </summary>
    /// <param name="step">From 0.</param>
    /// <param name="shard">The shard.</param>
    public Range RowsOf(int step, int shard)
    {
        long rows = Math.Min(batchSize, Images - (step * (long)batchSize));
        return (int)(shard * rows / shards.Length)..(int)((shard + 1) * rows / shards.Length);
    }

    /// <summary>How many rows that are.</summary>
    public int RowCount(int step, int shard)
    {
        var rows = RowsOf(step, shard);
        return rows.End.Value - rows.Start.Value;
    }

    /// <summary>The parts of all mini-batches of an epoch: for each step, that of each of some shards.</summary>
    /// <param name="settings">Whether the shards are shuffled, and with which random numbers.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="chosen">The shards.</param>
    /// <returns>The images of each part: [steps * chosen][rows].</returns>
    public int[][] PartsOfEpoch(TrainingSettings settings, int epoch, IEnumerable<int> chosen)
    {
        int[][][] parts = [.. chosen.Select(shard => PartsOf(shard, OrderOf(settings, epoch, shard)))];
        return [.. from step in Enumerable.Range(0, Steps) from shard in parts select shard[step]];
    }

    /// <returns>The shard, if there was room in it.</returns>
    private static int? Take(int shard, int[] room)
    {
        if (room[shard] == 0)
            return null;
        room[shard]--;
        return shard;
    }

    private int[] OrderOf(TrainingSettings settings, int epoch, int shard) => settings.Shuffle
        ? EpochRandomness.Shuffle(settings.Seed, epoch, shards[shard], shard)
        : shards[shard];

    private int[][] PartsOf(int shard, int[] order)
    {
        int[][] parts = new int[Steps][];
        int done = 0;
        for (int step = 0; step < Steps; step++)
        {
            int rows = RowCount(step, shard);
            parts[step] = order[done..(done + rows)];
            done += rows;
        }
        return parts;
    }

    private int SizeOf(int shard) => Steps == 0 ? 0
        : ((Steps - 1) * RowCount(0, shard)) + RowCount(Steps - 1, shard);
}
