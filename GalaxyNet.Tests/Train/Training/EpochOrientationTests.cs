namespace GalaxyNet.Tests;

/// <summary>How images are rotated and flipped in training.</summary>
[TestFixture]
internal sealed class EpochOrientationTests
{
    private static readonly TrainingSettings Plain = new();
    private static readonly TrainingSettings Flipping = new() { Flips = true };

    [Test]
    public void EveryWholeDegreeIsAboutAsLikely()
    {
        int[] counts = new int[360];
        for (int image = 0; image < 360 * 100; image++)
            counts[EpochRandomness.OrientationOf(Plain, epoch: 1, image).Degrees]++;
        Assert.That(counts, Has.All.InRange(50, 150)); // five standard deviations
    }

    [Test]
    public void SeedEpochAndImageEachChangeTheOrientation()
    {
        var orientations = Orientations(Flipping, 1);
        Assert.Multiple(() =>
        {
            Assert.That(Orientations(Flipping, 1), Is.EqualTo(orientations));
            Assert.That(Orientations(Flipping with { Seed = 43 }, 1), Is.Not.EqualTo(orientations));
            Assert.That(Orientations(Flipping, 2), Is.Not.EqualTo(orientations));
            Assert.That(orientations.Distinct().Count(), Is.GreaterThan(10));
        });
    }

    [Test]
    public void FlipsLeaveTheAnglesAsTheyAreOrAddHalfATurn()
    {
        var orientations = Orientations(Flipping, 1);
        int[] added =
            [.. orientations.Zip(Orientations(Plain, 1), (flipped, plain) => flipped.Degrees - plain.Degrees)];
        var kinds = orientations.Zip(added, (orientation, half) => (orientation.IsMirrored, half))
            .CountBy(kind => kind).ToDictionary();
        Assert.That(kinds.Keys, Is.EquivalentTo(new[] { (false, 0), (false, 180), (true, 0), (true, 180) }));
        Assert.That(kinds.Values, Has.All.InRange(182, 318)); // 250 give or take five standard deviations
    }

    [Test]
    public void WithoutRotationOnlyFlipsAreLeft()
    {
        Assert.That(
            Orientations(Plain with { Rotation = RotationMethod.None }, 1), Is.All.EqualTo(default(Orientation)));
        Assert.That(
            Orientations(Flipping with { Rotation = RotationMethod.None }, 1)
                .Select(orientation => orientation.Degrees).Distinct(),
            Is.EquivalentTo(new[] { 0, 180 }));
    }

    private static Orientation[] Orientations(TrainingSettings settings, int epoch) =>
        [.. Enumerable.Range(0, 1000).Select(image => EpochRandomness.OrientationOf(settings, epoch, image))];
}
