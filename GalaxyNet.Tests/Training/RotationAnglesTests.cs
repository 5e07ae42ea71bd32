using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>The angles of training.</summary>
[TestFixture]
internal sealed class RotationAnglesTests
{
    [Test]
    public void EveryWholeDegreeIsAboutAsLikely()
    {
        int[] counts = new int[360];
        for (int picture = 0; picture < 360 * 100; picture++)
            counts[RotationAngles.Of(seed: 42, epoch: 1, picture)]++;
        Assert.That(counts, Has.All.InRange(50, 150)); // five standard deviations
    }

    [Test]
    public void SeedEpochAndPictureEachChangeTheAngles()
    {
        int[] angles = Angles(picture => RotationAngles.Of(42, 1, picture));
        Assert.Multiple(() =>
        {
            Assert.That(Angles(picture => RotationAngles.Of(42, 1, picture)), Is.EqualTo(angles));
            Assert.That(Angles(picture => RotationAngles.Of(43, 1, picture)), Is.Not.EqualTo(angles));
            Assert.That(Angles(picture => RotationAngles.Of(42, 2, picture)), Is.Not.EqualTo(angles));
            Assert.That(angles.Distinct().Count(), Is.GreaterThan(10));
        });
    }

    private static int[] Angles(Func<int, int> of) => [.. Enumerable.Range(0, 20).Select(of)];
}
