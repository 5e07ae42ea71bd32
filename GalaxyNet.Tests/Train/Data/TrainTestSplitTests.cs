namespace GalaxyNet.Tests;

/// <summary>The split at its edges; that it is scikit-learn's is tested with the golden results.</summary>
[TestFixture]
internal sealed class TrainTestSplitTests
{
    [Test]
    public void EveryImageIsInOnePart()
    {
        var split = TrainTestSplit.Create(101, 0.25, 3);
        Assert.That(split.Test, Has.Length.EqualTo(26));
        Assert.That(split.Train.Concat(split.Test), Is.EquivalentTo(Enumerable.Range(0, 101)));
    }

    [Test]
    public void WithoutATestPartAllTrain() =>
        Assert.That(
            TrainTestSplit.Create(10, 0, 42), Has.Property("Test").Empty.And.Property("Train").Length.EqualTo(10));

    [Test]
    public void ValidationAndTestArePutAsideBeforeTraining()
    {
        var split = TrainTestSplit.CreateAfterValidation(100, validationFraction: 0.2, testFraction: 0.2, seed: 42);
        int[] validation = TrainTestSplit.Create(100, 0.2, 42).Test;
        Assert.That((split.Train.Length, split.Test.Length), Is.EqualTo((64, 16)));
        Assert.That(split.Train.Concat(split.Test).Concat(validation), Is.EquivalentTo(Enumerable.Range(0, 100)));
    }

    [Test]
    public void WithoutValidationThereIsOneSplit()
    {
        var split = TrainTestSplit.CreateAfterValidation(100, validationFraction: 0, testFraction: 0.2, seed: 42);
        Assert.That(split.Test, Is.EqualTo(TrainTestSplit.Create(100, 0.2, 42).Test));
    }

    [TestCase(1, 0.2)]
    [TestCase(3, 0.9)]
    [TestCase(10, 1)]
    [TestCase(10, -0.1)]
    [TestCase(10, double.NaN)]
    public void SomethingMustBeLeftToTrainOn(int count, double fraction) =>
        Assert.That(() => TrainTestSplit.Create(count, fraction, 42), Throws.TypeOf<UserErrorException>());
}
