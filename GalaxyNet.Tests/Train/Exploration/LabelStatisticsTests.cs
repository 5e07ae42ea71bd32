namespace GalaxyNet.Tests;

[TestFixture]
internal sealed class LabelStatisticsTests
{
    private const int Class = 2;

    private readonly Labels labels = new([11, 12, 13, 14], [.. new[] { 0.2f, 0.7f, 0.5f, 0.7f }.SelectMany(Galaxy)]);

    [Test]
    public void TheMeanIsTakenOverAllGalaxies() => Assert.That(labels.Means()[Class], Is.EqualTo(0.525).Within(1e-7));

    [Test]
    public void AHalfIsNotAboveIt() => Assert.That(labels.CountAboveHalf(Class), Is.EqualTo(2));

    [Test]
    public void TheFirstOfTheHighestIsOnTop() => Assert.That(labels.TopGalaxy(Class), Is.EqualTo(1));

    [Test]
    public void TheThresholdItselfIsNotAboveIt()
    {
        var above = labels.Above(Class, 0.5f);
        Assert.That(above.Ids, Is.EqualTo([12L, 14L]));
        Assert.That(above[1].ToArray(), Is.EqualTo(Galaxy(0.7f)));
    }

    [Test]
    public void WhatIsNotKnownCountsNowhere()
    {
        var some = new Labels([11, 12, 13], [.. new[] { float.NaN, 0.7f, 0.3f }.SelectMany(Galaxy)]);
        var none = new Labels([11, 12], [.. new[] { float.NaN, float.NaN }.SelectMany(Galaxy)]);
        Assert.Multiple(() =>
        {
            Assert.That(some.Means()[Class], Is.EqualTo(0.5).Within(1e-7));
            Assert.That(some.CountAboveHalf(Class), Is.EqualTo(1));
            Assert.That(some.TopGalaxy(Class), Is.EqualTo(1));
            Assert.That(some.Above(Class, 0.1f).Ids, Is.EqualTo([12L, 13L]));
            Assert.That(none.Means()[Class], Is.NaN);
            Assert.That(none.TopGalaxy(Class), Is.Null);
        });
    }

    private static float[] Galaxy(float vote)
    {
        var votes = new float[DecisionTree.ClassCount];
        votes[Class] = vote;
        return votes;
    }
}
