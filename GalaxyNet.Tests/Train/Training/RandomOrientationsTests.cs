using GalaxyNet.Kernels;
using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>The turns of training.</summary>
[TestFixture]
internal sealed class RandomOrientationsTests
{
    private static readonly TrainingSettings Plain = new();
    private static readonly TrainingSettings Flipping = new() { Flips = true };

    [Test]
    public void EveryWholeDegreeIsAboutAsLikely()
    {
        int[] counts = new int[360];
        for (int image = 0; image < 360 * 100; image++)
            counts[RandomOrientations.Of(Plain, epoch: 1, image).Degrees]++;
        Assert.That(counts, Has.All.InRange(50, 150)); // five standard deviations
    }

    [Test]
    public void SeedEpochAndImageEachChangeTheTurns()
    {
        var turns = Turns(Flipping, 1);
        Assert.Multiple(() =>
        {
            Assert.That(Turns(Flipping, 1), Is.EqualTo(turns));
            Assert.That(Turns(Flipping with { Seed = 43 }, 1), Is.Not.EqualTo(turns));
            Assert.That(Turns(Flipping, 2), Is.Not.EqualTo(turns));
            Assert.That(turns.Distinct().Count(), Is.GreaterThan(10));
        });
    }

    [Test]
    public void FlipsLeaveTheAnglesAsTheyAreOrAddHalfATurn()
    {
        var turns = Turns(Flipping, 1);
        int[] added = [.. turns.Zip(Turns(Plain, 1), (flipped, plain) => flipped.Degrees - plain.Degrees)];
        var kinds = turns.Zip(added, (turn, half) => (turn.IsMirrored, half)).CountBy(kind => kind).ToDictionary();
        Assert.That(kinds.Keys, Is.EquivalentTo(new[] { (false, 0), (false, 180), (true, 0), (true, 180) }));
        Assert.That(kinds.Values, Has.All.InRange(182, 318)); // 250 give or take five standard deviations
    }

    [Test]
    public void WithoutRotationOnlyFlipsAreLeft()
    {
        Assert.That(Turns(Plain with { Rotation = RotationMethod.None }, 1), Is.All.EqualTo(default(Orientation)));
        Assert.That(
            Turns(Flipping with { Rotation = RotationMethod.None }, 1).Select(turn => turn.Degrees).Distinct(),
            Is.EquivalentTo(new[] { 0, 180 }));
    }

    private static Orientation[] Turns(TrainingSettings settings, int epoch) =>
        [.. Enumerable.Range(0, 1000).Select(image => RandomOrientations.Of(settings, epoch, image))];
}
