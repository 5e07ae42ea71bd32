namespace GalaxyNet.Tests;

/// <summary>The baselines of the sample's real galaxies against scikit-learn's.</summary>
[TestFixture]
internal sealed class GoldenBaselineTests
{
    private const double Tolerance = 1e-4; // JPEG decoders differ by a level or two

    private GalaxyFolder galaxies = null!;
    private ImageColors colors = null!;

    [OneTimeSetUp]
    public void ReadImages()
    {
        galaxies = GalaxyFolder.Open(SampleFolder.Find());
        colors = ImageColors.Read(galaxies).Colors;
    }

    [TestCase(0, "center_pixel_linear_regression_rmse")]
    [TestCase(1, "average_color_linear_regression_rmse")]
    public void TheScoreIsScikitLearns(int baseline, string golden)
    {
        double expected = GoldenFolder.ReadJson("explore.json").GetProperty(golden).GetDouble();
        Assert.That(Baselines(validationFraction: 0)[baseline].Rmse, Is.EqualTo(expected).Within(Tolerance));
    }

    /// <summary>The notebook's mean guess has no split: it is fitted to all galaxies and scored on them.</summary>
    [Test]
    public void TheMeanGuessIsThatOfTheMeanOverAllRows()
    {
        int[] all = [.. Enumerable.Range(0, galaxies.Images.Count)];
        double expected =
            GoldenFolder.ReadJson("explore.json").GetProperty("mean_prediction_rmse_all_rows").GetDouble();
        var guess = Baseline.All(colors, galaxies.Labels, new TrainTestSplit(Train: all, Test: all))[2];
        Assert.That(guess.Rmse, Is.EqualTo(expected).Within(Tolerance));
    }

    // Computed with scikit-learn 1.2 and OpenCV 4.6 on the same sample.
    [TestCase(0, 0.16098191976991702)]
    [TestCase(1, 0.16135550523714015)]
    public void TheScoreAfterTwoSplitsIsScikitLearns(int baseline, double expected) =>
        Assert.That(Baselines(validationFraction: 0.2)[baseline].Rmse, Is.EqualTo(expected).Within(Tolerance));

    private IReadOnlyList<Baseline> Baselines(double validationFraction)
    {
        var split = TrainTestSplit.CreateAfterValidation(
            galaxies.Images.Count, validationFraction, testFraction: 0.2, seed: 42);
        return Baseline.All(colors, galaxies.Labels, split);
    }
}
