namespace GalaxyNet.Tests;

[TestFixture]
internal sealed class EarlyStoppingTests
{
    /// <summary>As by Keras' rule, whose count is 0 after an improvement and stops at the patience.</summary>
    [TestCase(1, 0, new[] { 3.0, 2, 1 }, 3, 0, TestName = "Never while each is better")]
    [TestCase(1, 0, new[] { 3.0, 3, 1 }, 1, 2, TestName = "An equal score is no better")]
    [TestCase(2, 0, new[] { 3.0, 4, 2, 4, 5, 1 }, 3, 5, TestName = "An improvement begins the count again")]
    [TestCase(3, 0, new[] { 1.0, 2, 2, 2, 0 }, 1, 4, TestName = "After as many as the patience")]
    [TestCase(2, 0.5, new[] { 3.0, 2.75, 2.5, 2.25 }, 1, 3, TestName = "No more than the smallest improvement is none")]
    [TestCase(3, 0.5, new[] { 3.0, 2.75, 2.5, 2.25 }, 4, 0, TestName = "Small ones add up to one")]
    [TestCase(1, 0, new[] { double.PositiveInfinity, 5, 6 }, 2, 3, TestName = "An infinite score is the worst")]
    public void ItStops(int patience, double improvement, double[] scores, int best, int stopsAfter)
    {
        var stopping = new EarlyStopping(patience, improvement);
        int told = scores.TakeWhile(score => !stopping.Stops).Select(stopping.Add).Count();
        Assert.That((stopping.BestEpoch, stopping.Stops ? told : 0), Is.EqualTo((best, stopsAfter)));
        Assert.That(stopping.BestScore, Is.EqualTo(scores[best - 1]));
    }

    [Test]
    public void AddSaysWhichIsTheBest()
    {
        var stopping = new EarlyStopping(patience: 2);
        Assert.That(new[] { 3.0, 4, 2 }.Select(stopping.Add), Is.EqualTo([true, false, true]));
    }

    [Test]
    public void AScoreThatIsNotANumberIsRefused()
    {
        var stopping = new EarlyStopping(patience: 2);
        stopping.Add(1);
        Assert.That(
            () => stopping.Add(double.NaN),
            Throws.ArgumentException.With.Message.StartsWith("The score of epoch 2 is NaN"));
        Assert.That(stopping.Epochs, Is.EqualTo(1));
    }

    [TestCase(0, 0)]
    [TestCase(1, -1)]
    [TestCase(1, double.NaN)]
    public void ImpossibleNumbersAreRefused(int patience, double improvement) => Assert.That(
        () => new EarlyStopping(patience, improvement), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
