using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>Which checkpoints a run keeps, and what happens when they are damaged.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CheckpointTests : IDisposable
{
    private const int UserError = 1;

    private readonly TemporaryFolder folder = new();
    private readonly TrainedRun run;

    public CheckpointTests() => run = new TrainedRun(folder.Path("run"));

    public void Dispose() => folder.Dispose();

    [Test]
    public void TheLastTwoAndThatOfTheBestEpochAreKept()
    {
        ProgramRun.Good(run.Begin(epochs: 6, "--learning-rate", "0.01", "--checkpoint-every", "3"));
        var scores = File.ReadLines(Path.Combine(run.Folder, "history.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(fields => fields[0], fields => double.Parse(fields[2], CultureInfo.InvariantCulture));
        string best = scores.MinBy(epoch => epoch.Value).Key;
        Assert.That(best, Is.Not.EqualTo("6"), "This is to show more than the last two.");
        Assert.That(
            run.Checkpoints,
            Is.EquivalentTo((string[])
                ["epoch-6.safetensors", "epoch-6-step-6.safetensors", $"epoch-{best}.safetensors"]));
    }

    [TestCase("changed")]
    [TestCase("cut")]
    [TestCase("empty")]
    public void ADamagedOneIsNamedAndTheOneBeforeIsUsed(string damage)
    {
        var whole = new TrainedRun(folder.Path("whole"));
        ProgramRun.Good(whole.Begin(epochs: 4));
        ProgramRun.Good(run.Begin(epochs: 3));
        Damage(run.PathOf("epoch-3.safetensors"), damage);

        var resumed = ProgramRun.Good(run.GoOn("--epochs", "4"));
        Assert.That(resumed.ErrorLines[0], Does.StartWith(run.PathOf("epoch-3.safetensors") + ": cannot be used"));
        Assert.That(resumed.ErrorLines[1], Does.EndWith("going on after epoch 2"));
        run.AssertSameWeightsAs(whole);
        run.AssertEveryFileIsWhole();
    }

    [Test]
    public void DamagedOnesDoNotCountAsThoseToKeep()
    {
        ProgramRun.Good(run.Begin(epochs: 2, "--checkpoint-every", "3"));
        Damage(run.PathOf("epoch-2.safetensors"), "changed");
        File.WriteAllText(run.PathOf("epoch-1-step-3.safetensors.tmp"), "half of a checkpoint");
        File.WriteAllText(run.PathOf("note.txt"), "somebody else's");
        ProgramRun.Good(run.GoOn("--checkpoint-every", "7"));
        run.AssertEveryFileIsWhole();
        Assert.That(Directory.GetFiles(run.CheckpointFolder).Select(Path.GetExtension), Has.None.EqualTo(".tmp"));
        Assert.That(File.Exists(run.PathOf("note.txt")));
    }

    [Test]
    public void WhereAllAreDamagedEachIsNamedAndNothingIsTouched()
    {
        ProgramRun.Good(run.Begin(epochs: 2));
        byte[] weights = run.Weights;
        foreach (string name in run.Checkpoints)
            Damage(run.PathOf(name), "changed");
        var refused = ProgramRun.Of(run.GoOn("--epochs", "3"));
        Assert.That(refused.ExitCode, Is.EqualTo(UserError));
        Assert.That(refused.ErrorLines, Has.Length.EqualTo(3));
        Assert.That(refused.ErrorLines[0], Does.StartWith(run.PathOf("epoch-2.safetensors")));
        Assert.That(refused.ErrorLines[1], Does.StartWith(run.PathOf("epoch-1.safetensors")));
        Assert.That(refused.ErrorLines[2], Does.Contain("no checkpoint to go on from"));
        Assert.That(run.Weights, Is.EqualTo(weights));
        Assert.That(run.Checkpoints, Has.Length.EqualTo(2));
    }

    private static void Damage(string path, string damage)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, damage switch { "changed" => bytes, "cut" => bytes[..^1], _ => [] });
    }
}
