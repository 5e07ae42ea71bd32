namespace GalaxyNet.Tests;

/// <summary>The challenge's measure.</summary>
[TestFixture]
internal sealed class ScoreTests
{
    private const int Classes = DecisionTree.ClassCount;

    [Test]
    public void TheErrorIsOverAllImagesAndClassesTogether()
    {
        var targets = new float[2 * Classes];
        var predictions = new float[2 * Classes];
        predictions[0] = 0.3f; // the first image's first class
        predictions[Classes] = -0.4f; // the second image's
        var score = new Score(predictions, targets);
        Assert.Multiple(() =>
        {
            Assert.That(score.Images, Is.EqualTo(2));
            Assert.That(score.Rmse, Is.EqualTo(Math.Sqrt(0.25 / (2 * Classes))).Within(1e-7));
            Assert.That(score.RmsePerClass[0], Is.EqualTo(Math.Sqrt(0.25 / 2)).Within(1e-7));
            Assert.That(score.RmsePerClass.Skip(1), Has.All.Zero);
        });
    }

    [Test]
    public void OnlyKnownVotesCount()
    {
        float[] targets = [.. Enumerable.Repeat(float.NaN, 3 * Classes)];
        float[] predictions = [.. Enumerable.Repeat(0.5f, 3 * Classes)];
        (targets[0], targets[Classes], targets[Classes + 1]) = (0.25f, 0.75f, 0f);
        var score = new Score(predictions, targets);
        Assert.Multiple(() =>
        {
            Assert.That(score.Images, Is.EqualTo(3));
            Assert.That(score.Rmse, Is.EqualTo(Math.Sqrt((0.0625 + 0.0625 + 0.25) / 3)).Within(1e-7));
            Assert.That(score.RmsePerClass[..2], Is.EqualTo([0.25, 0.5]).Within(1e-7));
            Assert.That(score.RmsePerClass[2..], Has.All.NaN);
        });
    }

    [Test]
    public void AGuessIsTheSameForEveryImage()
    {
        float[] guess = [.. Enumerable.Repeat(0.5f, Classes)];
        float[] targets = [.. Enumerable.Repeat(0.25f, 3 * Classes)];
        Assert.That(Score.OfGuess(guess, targets).Rmse, Is.EqualTo(0.25).Within(1e-7));
    }
}
