namespace GalaxyNet.Tests;

/// <summary>A run that is stopped within its first epoch continues or starts again, but is never stuck.</summary>
[TestFixture]
internal sealed class FirstEpochTests : IDisposable
{
    private const int UserError = 1;

    private readonly TemporaryFolder folder = new();
    private TrainedRun untouched = null!;

    [OneTimeSetUp]
    public void TrainWithoutInterruption()
    {
        untouched = new TrainedRun(folder.Path("untouched"));
        ProgramRun.Good(untouched.Begin(epochs: 1));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Killed as it is about to rename a file: earlier files are there, later ones are not.</summary>
    [TestCase(1, "the options", Category = ExhaustiveAttribute.Name)]
    [TestCase(2, "the checkpoint", Category = ExhaustiveAttribute.Name)]
    [TestCase(3, "the history", Category = ExhaustiveAttribute.Name)]
    [TestCase(4, "the losses", Category = ExhaustiveAttribute.Name)]
    [TestCase(5, "the weights", Category = ExhaustiveAttribute.Name)]
    public void KilledBeforeAFileIsThere(int rename, string file)
    {
        Strace.Require();
        var run = new TrainedRun(folder.Path($"killed-{rename}"));
        using var process = ProgramProcess.StartUnder(Strace.KillAt("rename", rename), run.Begin(epochs: 1));
        Assert.That(process.WaitForExit(), Is.Not.Zero, $"It outlives the rename of {file}.");
        Assert.That(File.Exists(Path.Combine(run.Folder, "options.json")), Is.EqualTo(rename > 1));
        Assert.That(run.Checkpoints, Has.Length.EqualTo(rename > 2 ? 1 : 0));
        Assert.That(File.Exists(Path.Combine(run.Folder, "weights.safetensors")), Is.False);
        run.AssertEveryFileIsWhole();

        ProgramRun.Good(rename == 1 ? run.Begin(epochs: 1) : run.GoOn());
        run.AssertSameWeightsAs(untouched);
    }

    [Test]
    public void StoppedBetweenTheCheckpointAndTheResults()
    {
        var run = Finished("unfinished");
        foreach (string name in new[] { "weights.safetensors", "history.csv", "loss.csv" })
            File.Delete(Path.Combine(run.Folder, name));
        ProgramRun.Of("evaluate", "--run", run.Folder, "--data", DrawnGalaxies.Folder)
            .AssertRefused(UserError, run.Folder, "no finished epoch", "--resume");
        ProgramRun.Of(run.Begin()).AssertRefused(UserError, run.Folder, "--resume");
        ProgramRun.Good(run.GoOn());
        run.AssertSameWeightsAs(untouched);
        Assert.That(File.ReadLines(Path.Combine(run.Folder, "history.csv")).Count(), Is.EqualTo(2));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void StoppedBeforeTheFirstCheckpoint(bool resumes)
    {
        var run = Finished($"begun-{resumes}");
        foreach (string path in Directory.GetFiles(run.Folder, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(path) != "options.json")
                File.Delete(path);
        }
        ProgramRun.Good(resumes ? run.GoOn() : run.Begin(epochs: 1));
        run.AssertSameWeightsAs(untouched);
    }

    /// <summary>Such as a copy for evaluation, which training would write over.</summary>
    [Test]
    public void WeightsWithoutACheckpointAreLeftAlone()
    {
        var run = Finished("copy");
        Directory.Delete(run.CheckpointFolder, recursive: true);
        ProgramRun.Of(run.GoOn()).AssertRefused(UserError, run.Folder, "without a checkpoint", "another --out");
        ProgramRun.Of(run.Begin()).AssertRefused(UserError, run.Folder, "without a checkpoint", "another --out");
        run.AssertSameWeightsAs(untouched);
    }

    private TrainedRun Finished(string name)
    {
        var run = new TrainedRun(folder.Path(name));
        ProgramRun.Good(run.Begin(epochs: 1));
        return run;
    }
}
