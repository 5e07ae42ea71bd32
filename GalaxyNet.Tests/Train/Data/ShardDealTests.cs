namespace GalaxyNet.Tests;

/// <summary>Who trains on which images, whatever the number of processes.</summary>
[TestFixture]
internal sealed class ShardDealTests
{
    private static readonly int[] Counts = [1, 2, 3, 7, 63, 64, 65, 100, 129, 1_000];
    private static readonly int[] BatchSizes = [1, 2, 4, 5, 7, 8, 10, 64, 100];
    private static readonly int[] ShardCounts = [1, 2, 4, 8, 64];

    private static IEnumerable<(int Images, int BatchSize, int Shards)> Cases =>
        from images in Counts
        from batchSize in BatchSizes
        from shards in ShardCounts
        where shards <= batchSize
        select (images, batchSize, shards);

    [Test]
    public void EveryImageIsDealtOnceAndTheOrderIsKept()
    {
        foreach (var (count, batchSize, shards) in Cases)
        {
            int[] images = Images(count);
            var places = images.Index().ToDictionary(image => image.Item, image => image.Index);
            var deal = Deal(images, batchSize, shards);
            Assert.That(deal.Shards, Has.Count.EqualTo(shards));
            Assert.That(deal.Shards.SelectMany(shard => shard), Is.EquivalentTo(images));
            foreach (int[] shard in deal.Shards)
                Assert.That(shard.Select(image => places[image]), Is.Ordered.Ascending);
        }
    }

    [Test]
    public void AnImageLeavesItsHomeOnlyWhereThatIsFull()
    {
        foreach (var (count, batchSize, shards) in Cases)
        {
            int[] images = Images(count);
            var deal = Deal(images, batchSize, shards);
            for (int shard = 0; shard < shards; shard++)
            {
                int[] atHome = [.. images.Where(image => image % shards == shard)];
                int stayed = Math.Min(atHome.Length, deal.Shards[shard].Length);
                Assert.That(deal.Shards[shard].Intersect(atHome), Is.EqualTo(atHome[..stayed]));
            }
        }
    }

    /// <summary>Part s of L rows has those from s L / N to (s + 1) L / N.</summary>
    [Test]
    public void EveryStepHasItsRowsOfEveryShardAndAnEpochAllImages()
    {
        foreach (var (count, batchSize, shards) in Cases)
        {
            var deal = Deal(Images(count), batchSize, shards);
            Assert.That(deal.Steps, Is.EqualTo((int)Math.Ceiling(count / (double)batchSize)));
            var settings = new TrainingSettings { Seed = 3, Shuffle = true };
            int[][] parts = deal.PartsOfEpoch(settings, epoch: 2, Enumerable.Range(0, shards));
            Assert.That(parts, Has.Length.EqualTo(deal.Steps * shards));
            for (int step = 0; step < deal.Steps; step++)
            {
                int rows = step < deal.Steps - 1 ? batchSize : count - (step * batchSize);
                for (int shard = 0; shard < shards; shard++)
                {
                    Assert.That(
                        deal.RowsOf(step, shard), Is.EqualTo((shard * rows / shards)..((shard + 1) * rows / shards)));
                    Assert.That(
                        parts[(step * shards) + shard],
                        Has.Length.EqualTo(((shard + 1) * rows / shards) - (shard * rows / shards)));
                }
            }
            for (int shard = 0; shard < shards; shard++)
                Assert.That(
                    parts.Where((_, i) => i % shards == shard).SelectMany(part => part),
                    Is.EquivalentTo(deal.Shards[shard]));
        }
    }

    [Test]
    public void WithoutShufflingAnEpochHasEachShardsOwnOrder()
    {
        var deal = new ShardDeal([5, 4, 3, 2, 1, 0, 9], batchSize: 4, shardCount: 2, image => image % 2);
        Assert.That(deal.Shards, Is.EqualTo(new int[][] { [4, 2, 0], [5, 3, 1, 9] }));
        Assert.That(
            deal.PartsOfEpoch(new TrainingSettings { Shuffle = false }, epoch: 1, [0, 1]),
            Is.EqualTo(new int[][] { [4, 2], [5, 3], [0], [1, 9] }));
    }

    [Test]
    public void OneShardIsWhatThereWasWithoutShards()
    {
        var settings = new TrainingSettings { Seed = 42, Shuffle = true };
        int[] images = Images(10);
        var deal = Deal(images, 4, 1);
        Assert.That(deal.Shards.Single(), Is.EqualTo(images));
        Assert.That(
            deal.PartsOfEpoch(settings, epoch: 3, [0]),
            Is.EqualTo(EpochRandomness.Shuffle(settings.Seed, 3, images).Chunk(4)));
    }

    /// <summary>So a process needs no more than its own shards.</summary>
    [Test]
    public void EachShardsPartsAreTheSameWhicheverOthersAreAskedFor()
    {
        var settings = new TrainingSettings { Shuffle = true };
        var deal = Deal(Images(103), 8, 4);
        int[][] all = deal.PartsOfEpoch(settings, epoch: 1, [0, 1, 2, 3]);
        Assert.That(
            deal.PartsOfEpoch(settings, epoch: 1, [2, 3]), Is.EqualTo(all.Where((_, i) => i % 4 >= 2)));
    }

    [Test]
    public void ABatchHasAnImageForEachShard() => Assert.That(
        () => Deal(Images(10), batchSize: 3, shards: 4), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static ShardDeal Deal(int[] images, int batchSize, int shards) =>
        new(images, batchSize, shards, image => image % shards);

    /// <summary>Four of five galaxies in a random order, as a split gives them.</summary>
    private static int[] Images(int count) => new MersenneTwister(7).Permutation((count * 5 / 4) + 1)[..count];
}
