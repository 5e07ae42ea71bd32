namespace GalaxyNet.Tests;

/// <summary>How well the defaults learn on the challenge's galaxies: see <c>docs/accuracy.md</c>.</summary>
[TestFixture, NonParallelizable, Exhaustive] // minutes on all cores
internal sealed class LearningTests
{
    private const int Scored = 500;

    /// <summary>Always guessing the mean has an RMSE of about 0.164.</summary>
    [TestCase(4, 0.135)]
    [TestCase(5, 0.115)]
    public void AFirstLookIsFarBetterThanAGuess(int attempt, double most)
    {
        string data = KaggleFolder.Find();
        using var folder = new TemporaryFolder();
        string ids = folder.Path("validation.txt");
        File.WriteAllLines(ids, File.ReadLines(Path.Combine(data, "unbiased_ids.txt")).Take(Scored));
        var json = ProgramRun.Good(
            "train", "--data", data, "--out", folder.Path("run"), "--attempt", $"{attempt}", "--epochs", "5",
            "--test-fraction", "0", "--validation-ids", ids, "--json").Json;
        Assert.That(json.GetProperty("mean_guess_rmse").GetDouble(), Is.InRange(0.155, 0.17));
        Assert.That(json.GetProperty("rmse").GetDouble(), Is.LessThan(most));
    }
}
