namespace GalaxyNet.Tests;

/// <summary>Calibration and confusion, counted by hand.</summary>
[TestFixture]
internal sealed class QuestionCardTests
{
    private static readonly Question First = DecisionTree.Questions[0];
    private static readonly Question EdgeOn = DecisionTree.Questions[1];

    private readonly PredictedGalaxy[] galaxies =
    [
        Galaxy([0.92f, 0.05f, 0.03f, 0.01f, 0.04f], [0.8f, 0.2f, 0, 0.15f, 0.05f]),
        Galaxy([0.98f, 0.02f, 0, 0, 0.02f], [0.4f, 0.6f, 0, 0.4f, 0.2f]),
        Galaxy([0.3f, 0.7f, 0, 0.2f, 0.5f], [0.5f, 0.5f, 0, 0.1f, 0.4f]),
        Galaxy([1.2f, -0.1f, 0, 0.1f, 0], [0.49f, 0.49f, 0.02f, 0.2f, 0.29f]),
    ];

    [Test]
    public void EachAnswerOfAQuestionIsInTheBinOfItsShare()
    {
        var bins = VoteCalibration.Of(First, galaxies);
        Assert.Multiple(() =>
        {
            Assert.That(bins.Select(bin => bin.Count), Is.EqualTo([7, 0, 0, 1, 0, 0, 0, 1, 0, 3]));
            Assert.That(bins[9].Predicted, Is.EqualTo((0.92 + 0.98 + 1) / 3).Within(1e-6), "1.2 counts as 1");
            Assert.That(bins[9].Voted, Is.EqualTo((0.8 + 0.4 + 0.49) / 3).Within(1e-6));
            Assert.That(bins[3], Is.EqualTo(new CalibrationBin(0.3f, 0.5, 1)));
        });
    }

    [Test]
    public void ARootQuestionCountsAllGalaxies()
    {
        var confusion = new Confusion(First, galaxies);
        Assert.That(confusion.Counts, Is.EqualTo(new[,] { { 2, 1, 0 }, { 1, 0, 0 }, { 0, 0, 0 } }));
        Assert.That((confusion.Galaxies, confusion.Agreed, confusion.MostVoted(0)), Is.EqualTo((4, 2, 3)));
    }

    [Test]
    public void ALaterQuestionCountsThoseThatHalfOfTheVotersCameTo()
    {
        var confusion = new Confusion(EdgeOn, galaxies);
        Assert.That(confusion.Counts, Is.EqualTo(new[,] { { 0, 1 }, { 0, 1 } }));
        Assert.That((confusion.Galaxies, confusion.Agreed), Is.EqualTo((2, 1)));
    }

    [Test]
    public void AQuestionThatNobodyWasAskedHasNoTable() =>
        Assert.That(new Confusion(DecisionTree.Questions[10], galaxies).Galaxies, Is.Zero);

    private static PredictedGalaxy Galaxy(float[] predicted, float[] voted) => new(0, 1, Full(predicted), Full(voted));

    private static float[] Full(float[] first) => [.. first, .. new float[DecisionTree.ClassCount - first.Length]];
}
