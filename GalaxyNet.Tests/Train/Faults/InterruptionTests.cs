namespace GalaxyNet.Tests;

/// <summary>
/// A run that is stopped, in whatever way and at whatever moment, ends with the weights of one that was never stopped.
/// Everything here drives the program in a process of its own.
/// </summary>
[TestFixture]
internal sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private TrainedRun untouched = null!;

    [OneTimeSetUp]
    public void TrainWithoutInterruption()
    {
        untouched = new TrainedRun(folder.Path("untouched"));
        ProgramRun.Good(untouched.Begin());
    }

    public void Dispose() => folder.Dispose();

    [TestCase(1)]
    [TestCase(20, Category = ExhaustiveAttribute.Name)]
    public void KilledAtRandomMoments(int kills)
    {
        var run = new TrainedRun(folder.Path($"killed-{kills}"));
        var random = new Random(6);
        // The rest of the steps is left for the end, so that no kill comes too late.
        int[] moments = [.. Enumerable.Range(0, kills).Select(_ => random.Next(TrainedRun.Epochs * 5)).Order()];
        foreach (int steps in moments)
        {
            string[] arguments = run.Steps == 0 ? run.Begin() : run.GoOn();
            using var process = ProgramProcess.Start([.. arguments, "--checkpoint-every", "3"]);
            if (random.Next(4) > 0)
                process.WaitUntil(() => run.Steps >= steps);
            Thread.Sleep(random.Next(random.Next(4) == 0 ? 500 : 30)); // while it starts, trains, or writes
            Assert.That(process.HasExited, Is.False, string.Join('\n', process.ErrorLines));
            process.Kill();
            if (Directory.Exists(run.Folder))
                run.AssertEveryFileIsWhole();
        }
        TestContext.Out.WriteLine($"{kills} kills, the last after step {run.Steps}");
        ProgramRun.Good(run.GoOn());
        run.AssertSameWeightsAs(untouched);
        Assert.That(Directory.GetFiles(run.CheckpointFolder, AtomicFile.TemporaryPattern), Is.Empty);
    }

    [TestCase("INT", 130, Category = ExhaustiveAttribute.Name)]
    [TestCase("TERM", 143, Category = ExhaustiveAttribute.Name)]
    [TestCase("HUP", 129, Category = ExhaustiveAttribute.Name)]
    public void ASignalKeepsTheLastStepAndSaysHowToGoOn(string signal, int exitCode)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows has no such signals.");
        var run = new TrainedRun(folder.Path($"it's {signal}"));
        using var process = ProgramProcess.Start(run.Begin("--checkpoint-every", "5"));
        process.WaitForLine("epoch 2/");
        SkipWhereIgnored(process, signal);
        process.Send(signal);
        Assert.That(process.WaitForExit(), Is.EqualTo(exitCode), string.Join('\n', process.ErrorLines));
        string quoted = run.Folder.Replace("'", "'\\''", StringComparison.Ordinal);
        Assert.That(
            process.ErrorLines[^1],
            Does.StartWith("Interrupted after ").And.Contain("which is kept; continue with: dotnet ").And.EndsWith(
                $" train --resume --data {DrawnGalaxies.Folder} "
                + $"--out '{quoted}' --device cpu --checkpoint-every 5"));
        run.AssertEveryFileIsWhole();

        ProgramRun.Good(run.GoOn());
        run.AssertSameWeightsAs(untouched);
    }

    /// <summary>With batch normalization and dropout, whose state a checkpoint within an epoch has to hold.</summary>
    [TestCase(9, Category = ExhaustiveAttribute.Name)]
    [TestCase(3, 9, 14, Category = ExhaustiveAttribute.Name)]
    public void AttemptFourKilledWithinItsEpochs(params int[] moments)
    {
        const int epochs = 2;
        var whole = new TrainedRun(folder.Path($"whole-{moments.Length}"), attempt: 4);
        ProgramRun.Good(whole.Begin(epochs));
        var run = new TrainedRun(folder.Path($"killed-within-{moments.Length}"), attempt: 4);
        foreach (int steps in moments)
        {
            string[] arguments = run.Steps == 0 ? run.Begin(epochs) : run.GoOn();
            using var process = ProgramProcess.Start([.. arguments, "--checkpoint-every", "1"]);
            process.WaitUntil(() => run.Steps >= steps);
            process.Kill();
            run.AssertEveryFileIsWhole();
        }
        ProgramRun.Good(run.GoOn());
        run.AssertSameWeightsAs(whole);
    }

    /// <summary>nohup keeps a run going when its terminal is closed.</summary>
    [Test, Exhaustive]
    public void ASignalThatIsIgnoredStaysIgnored()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("This reads /proc.");
        var run = new TrainedRun(folder.Path("nohup"));
        using var process = ProgramProcess.StartFromShell("trap '' HUP", run.Begin(epochs: 1000));
        process.WaitForLine("epoch 2/");
        Assert.That(process.Ignores(1));
        process.Send("HUP");
        process.WaitForLine("epoch 5/");
    }

    [Test, Exhaustive]
    public void StoppedBetweenTheLastStepOfAnEpochAndItsScore()
    {
        var run = new TrainedRun(folder.Path("unscored"));
        ProgramRun.Good(run.Begin("--checkpoint-every", $"{TrainedRun.StepsPerEpoch}"));
        File.Delete(run.PathOf($"epoch-{TrainedRun.Epochs}.safetensors"));
        File.Delete(Path.Combine(run.Folder, "weights.safetensors"));
        ProgramRun.Good(run.GoOn());
        run.AssertSameWeightsAs(untouched);
    }

    [Test, Exhaustive]
    public void ASecondRunInTheSameFolderIsRefusedAsLongAsTheFirstLives()
    {
        var run = new TrainedRun(folder.Path("locked"));
        using var first = ProgramProcess.Start(run.Begin(epochs: 1000));
        first.WaitForLine("epoch 1/");
        ProgramRun.Of(run.GoOn()).AssertRefused(1, run.Folder, "another train is using");
        ProgramRun.Of(run.Begin()).AssertRefused(1, run.Folder, "another train is using");
        first.Kill();
        ProgramRun.Good(run.GoOn("--epochs", "1"));
    }

    /// <summary>A shell's job in the background ignores Ctrl-C, and so do the processes it starts.</summary>
    private static void SkipWhereIgnored(ProgramProcess process, string signal)
    {
        if ((signal == "INT" && process.Ignores(2)) || (signal == "HUP" && process.Ignores(1)))
            Assert.Ignore($"SIG{signal} is ignored here, as in the background or under nohup.");
    }
}
