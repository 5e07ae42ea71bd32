using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>The split at its edges; that it is scikit-learn's is tested with the golden results.</summary>
[TestFixture]
internal sealed class TrainTestSplitTests
{
    [Test]
    public void EveryPictureIsInOnePart()
    {
        var split = TrainTestSplit.Create(101, 0.25, 3);
        Assert.That(split.Test, Has.Length.EqualTo(26));
        Assert.That(split.Train.Concat(split.Test), Is.EquivalentTo(Enumerable.Range(0, 101)));
    }

    [Test]
    public void WithoutATestPartAllTrain() =>
        Assert.That(TrainTestSplit.Create(10, 0, 42), Has.Property("Test").Empty.And.Property("Train").Length.EqualTo(10));

    [TestCase(1, 0.2)]
    [TestCase(3, 0.9)]
    [TestCase(10, 1)]
    [TestCase(10, -0.1)]
    [TestCase(10, double.NaN)]
    public void SomethingMustBeLeftToTrainOn(int count, double fraction) =>
        Assert.That(() => TrainTestSplit.Create(count, fraction, 42), Throws.TypeOf<UserErrorException>());
}
