namespace GalaxyNet.Tests;

/// <summary>What is noticed of a network from its predictions alone.</summary>
[TestFixture]
internal sealed class PredictionCheckTests
{
    private const int Images = 20;
    private const int Classes = DecisionTree.ClassCount;

    private const long ManySteps = 10_000;

    private static readonly TrainingSettings Notebook = new();

    private readonly float[] votes = [.. Enumerable.Range(0, Images * Classes).Select(i => i * 7 % 19 / 19f)];

    [Test]
    public void NothingIsWrongWithGoodPredictions() => Assert.That(Check(votes), Is.Empty);

    [Test]
    public void AnOutputThatNeverChangesIsNamed()
    {
        float[] predictions = With(column: 4, value: 0.3f);
        Assert.That(
            Check(predictions).Single().ToString(),
            Does.StartWith("1 of 37 outputs (Class2.2 Not edge on) is the same for every one of the 20 galaxies: ")
                .And.Contain("--warm-up 2, --schedule cosine or a smaller --learning-rate than 0.001"));
    }

    [TestCase(0f)]
    [TestCase(1f)]
    public void AnOutputAtAnEndIsStuck(float end)
    {
        string[] findings = [.. Check(With(column: 0, value: end)).Select(finding => finding.What)];
        Assert.That(findings, Has.Length.EqualTo(2));
        Assert.That(findings[1], Does.StartWith("1 of 37 outputs (Class1.1 Smooth) is stuck at 0 or 1"));
    }

    [Test]
    public void ARareAnswerThatStillChangesIsNotConstant()
    {
        float[] predictions = [.. votes];
        for (int image = 0; image < Images; image++)
            predictions[image * Classes] = 0.001f * (image % 2);
        Assert.That(Check(predictions), Is.Empty);
    }

    [Test]
    public void AllOutputsTogetherAreNotListed()
    {
        float[] predictions = [.. votes.Select((_, i) => votes[i % Classes])];
        var findings = Check(predictions);
        Assert.That(findings[0].What, Does.StartWith("All 37 outputs are the same"));
        Assert.That(findings[^1].What, Does.StartWith("The network is no better yet than always guessing the mean"));
        Assert.That(findings[^1].Remedy, Does.StartWith("more epochs will hardly help"));
    }

    [Test]
    public void WorseThanGuessingIsSaidWithBothNumbers()
    {
        var finding = Check([.. votes.Select(vote => 1 - vote)]).Single();
        Assert.That(finding.What, Does.Match(@"\(RMSE 0\.\d{5}, the guess 0\.\d{5} on the same galaxies\)"));
        Assert.That(finding.Remedy, Does.StartWith("more --epochs may help, and so may --warm-up 2"));
    }

    [Test]
    public void WhatARunHasAlreadyIsNoRemedy()
    {
        var settings = Notebook with { WarmUp = 1, Schedule = LearningRateDecay.Cosine };
        Assert.That(
            Check(With(column: 4, value: 0.3f), settings).Single().Remedy,
            Does.EndWith("train anew with a smaller --learning-rate than 0.001"));
    }

    [Test]
    public void AFewStepsAreNoReasonToTrainAnew()
    {
        var early = Check(With(column: 4, value: 0.3f), steps: 45).Single();
        Assert.That(early.Remedy, Does.StartWith("45 steps may be too few to tell; train for more --epochs"));
        float[] alike = [.. votes.Select((_, i) => 0.1f + (0.02f * (i % Classes)))]; // and none at 0 or 1
        Assert.That(Check(alike, steps: 45)[^1].Remedy, Does.StartWith("more --epochs may help"));
    }

    [Test]
    public void AnOutputThatIsStuckIsSoAfterAFewStepsToo()
    {
        var findings = Check(With(column: 0, value: 1), steps: 45);
        Assert.That(findings[0].Remedy, Does.StartWith("the network no longer looks at the image there"));
        Assert.That(findings[1].What, Does.Contain("stuck at 0 or 1"));
    }

    [Test]
    public void AHandfulOfImagesTellsNothingAboutChange()
    {
        float[] nine = [.. Enumerable.Repeat(votes[..Classes], 9).SelectMany(image => image)];
        var guess = Score.OfGuess(new float[Classes], nine);
        Assert.That(PredictionCheck.Of(nine, new Score(nine, nine), guess, Notebook, ManySteps), Is.Empty);
    }

    private float[] With(int column, float value) =>
        [.. votes.Select((vote, i) => i % Classes == column ? value : vote)];

    private IReadOnlyList<Finding> Check(
        float[] predictions, TrainingSettings? settings = null, long steps = ManySteps)
    {
        float[] means =
            [.. Enumerable.Range(0, Classes).Select(column => votes.Where((_, i) => i % Classes == column).Average())];
        return PredictionCheck.Of(
            predictions, new Score(predictions, votes), Score.OfGuess(means, votes), settings ?? Notebook, steps);
    }
}
