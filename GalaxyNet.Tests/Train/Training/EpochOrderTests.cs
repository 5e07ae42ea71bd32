namespace GalaxyNet.Tests;

/// <summary>The order of the images with <c>--shuffle</c>.</summary>
[TestFixture]
internal sealed class EpochOrderTests
{
    private static readonly int[] Images = [.. Enumerable.Range(100, 20)];

    [Test]
    public void EveryImageComesOnce() =>
        Assert.That(EpochRandomness.Shuffle(42, 1, Images), Is.EquivalentTo(Images).And.Not.EqualTo(Images));

    [Test]
    public void SeedAndEpochEachChangeTheOrder()
    {
        int[] order = EpochRandomness.Shuffle(42, 1, Images);
        Assert.Multiple(() =>
        {
            Assert.That(EpochRandomness.Shuffle(42, 1, Images), Is.EqualTo(order));
            Assert.That(EpochRandomness.Shuffle(43, 1, Images), Is.Not.EqualTo(order));
            Assert.That(EpochRandomness.Shuffle(42, 2, Images), Is.Not.EqualTo(order));
        });
    }

    [Test]
    public void EveryOrderIsAboutAsLikely()
    {
        const int Draws = 6000;
        var counts = Enumerable.Range(1, Draws)
            .Select(epoch => string.Concat(EpochRandomness.Shuffle(42, epoch, [1, 2, 3])))
            .CountBy(order => order)
            .ToDictionary();
        Assert.That(counts, Has.Count.EqualTo(6));
        Assert.That(counts.Values, Has.All.InRange(850, 1150)); // 1000 give or take five standard deviations
    }

    [Test]
    public void EachShardHasAnOrderOfItsOwn()
    {
        int[][] orders = [.. Enumerable.Range(0, 4).Select(shard => EpochRandomness.Shuffle(42, 1, Images, shard))];
        Assert.That(orders[0], Is.EqualTo(EpochRandomness.Shuffle(42, 1, Images)), "the only one's");
        Assert.That(orders, Is.All.EquivalentTo(Images));
        Assert.That(orders.Select(order => string.Join(',', order)), Is.Unique);
    }
}
