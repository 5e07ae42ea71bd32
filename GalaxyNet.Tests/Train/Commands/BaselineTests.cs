namespace GalaxyNet.Tests;

/// <summary>The baselines from the command line.</summary>
[TestFixture]
internal sealed class BaselineTests
{
    private const int UserError = 1;

    [Test]
    public void TheTableShowsOursBesideTheNotebooks()
    {
        string output = ProgramRun.Good("baseline", "--data", DrawnGalaxies.Folder).Output;
        foreach (string part in new[] { "centre pixel", "0.1564", "average colour", "0.1599", "mean guess", "0.1639" })
            Assert.That(output, Does.Contain(part));
        Assert.That(
            output,
            Does.Contain("same 8 galaxies and scored on the same 2 others").And.Contain("challenge's full data"));
    }

    [Test]
    public void TheMeanGuessIsScoredOnTheSameGalaxiesAsTheRest()
    {
        var labels = Labels.Load(GalaxyFolder.LabelsPath(DrawnGalaxies.Folder));
        var split = TrainTestSplit.Create(DrawnGalaxies.Count, TrainTestSplit.NotebookTestFraction, seed: 42);
        double sum = 0;
        for (int column = 0; column < DecisionTree.ClassCount; column++)
        {
            double mean = split.Train.Average(galaxy => (double)labels[galaxy][column]);
            sum += split.Test.Sum(galaxy => Math.Pow(labels[galaxy][column] - mean, 2));
        }
        double rmse = Baseline().Json.GetProperty("mean_guess_rmse").GetDouble();
        int votes = split.Test.Length * DecisionTree.ClassCount;
        Assert.That(rmse, Is.EqualTo(Math.Sqrt(sum / votes)).Within(1e-6));
    }

    [Test]
    public void ValidationComesOffFirst()
    {
        var json = Baseline("--validation-fraction", "0.2").Json;
        string[] parts = ["train_images", "test_images", "validation_images"];
        Assert.That(parts.Select(part => json.GetProperty(part).GetInt32()), Is.EqualTo([6, 2, 2]));
    }

    [Test]
    public void ADamagedImageIsNamed()
    {
        using var folder = new TemporaryFolder();
        DrawnGalaxies.CopyTo(folder.Root, 3);
        string image = GalaxyFolder.ImagePath(folder.Root, DrawnGalaxies.FirstId);
        File.WriteAllBytes(image, File.ReadAllBytes(image)[..2000]);
        ProgramRun.Of("baseline", "--data", folder.Root).AssertRefused(UserError, image, "truncated");
    }

    [Test]
    public void OneGalaxyIsTooFew()
    {
        using var folder = new TemporaryFolder();
        DrawnGalaxies.CopyTo(folder.Root, 1);
        ProgramRun.Of("baseline", "--data", folder.Root).AssertRefused(UserError, "leaves none of 1 images");
    }

    private static ProgramRun Baseline(params string[] more) =>
        ProgramRun.Good(["baseline", "--data", DrawnGalaxies.Folder, "--json", .. more]);
}
