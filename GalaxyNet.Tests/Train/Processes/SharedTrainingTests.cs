using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GalaxyNet.Tests;

/// <summary><c>train</c> among processes: the same run, bit for bit, whatever their number.</summary>
[TestFixture]
internal sealed class SharedTrainingTests : IDisposable
{
    private const int Galaxies = 27; // of which 24 train: three mini-batches of 10, the last one of four

    private readonly TemporaryFolder folder = new();

    private string Data => folder.Path("data");

    [OneTimeSetUp]
    public void WriteGalaxies()
    {
        SmallGalaxies.Write(Data, [.. Enumerable.Range(1, Galaxies)]);
        File.WriteAllText(SmallGalaxies.ImagePath(Data, 3), "no image");
        Train(1, "alone", epochs: 2);
    }

    public void Dispose() => folder.Dispose();

    [TestCase(2, Category = ExhaustiveAttribute.Name)]
    [TestCase(4)]
    public void TheRunIsThatOfOneProcess(int processes)
    {
        string run = $"of-{processes}";
        Train(processes, run, epochs: 2);
        AssertSame(run);
        Assert.That(Directory.Exists(folder.Path(run, "1")), Is.False, "only process 0 writes");
    }

    [TestCase(4, 1, Category = ExhaustiveAttribute.Name)]
    [TestCase(1, 4, Category = ExhaustiveAttribute.Name)]
    [TestCase(2, 4, Category = ExhaustiveAttribute.Name)]
    public void AnotherNumberOfProcessesGoesOnWithTheSameBits(int before, int after)
    {
        string run = $"from-{before}-to-{after}";
        Train(before, run, epochs: 1);
        Train(after, run, epochs: 2, "--resume");
        AssertSame(run);
    }

    /// <summary>Only process 0 has the weights to begin from.</summary>
    [Test, Exhaustive]
    public void FineTuningIsThatOfOneProcess()
    {
        string[] more = ["--from", folder.Path("alone", "0"), "--freeze", "conv1,conv1_bn,conv4_bn"];
        Train(1, "tuned-by-1", epochs: 2, more);
        ThreadProcesses.Run(4, each => Train(
            each, "tuned-by-4", epochs: 2, each.Rank == 0 ? more : ["--from", "not there", .. more[2..]]));
        Assert.That(StateOf(folder.Path("tuned-by-4", "0")), Is.EqualTo(StateOf(folder.Path("tuned-by-1", "0"))));
        Assert.That(StateOf(folder.Path("tuned-by-1", "0")), Is.Not.EqualTo(StateOf(folder.Path("alone", "0"))));
    }

    [Test]
    public void AnInterruptionOfOneProcessIsOneOfAllAndIsKept()
    {
        int[] steps = ThreadProcesses.Run(2, each => InterruptAfterAStep(each, "interrupted"));
        Assert.That(steps, Is.All.EqualTo(1));
        Train(4, "interrupted", epochs: 2, "--resume");
        AssertSame("interrupted");
    }

    /// <summary>It has the weights of all, but no gradients of the whole mini-batch.</summary>
    [Test]
    public void Process0WritesForTensorBoard()
    {
        Train(2, "shown", epochs: 1, "--tensorboard");
        Assert.That(Directory.Exists(folder.Path("shown", "1")), Is.False);
        var shown = EventReader.Shown(folder.Path("shown", "0", "tensorboard"));
        Assert.That(shown["step/loss"].Select(value => value.Step), Is.EqualTo([1, 2, 3]));
        using var weights = Safetensors.Open(folder.Path("shown", "0", "checkpoints", "epoch-1.safetensors"));
        foreach (string tag in shown.Keys.Where(tag => tag.StartsWith("weights/", StringComparison.Ordinal)))
            Assert.That(
                shown[tag].Single().Buckets.Right[^1], Is.EqualTo(MaximumOf(weights, tag["weights/".Length..])));
        Assert.That(shown.Keys, Has.Some.StartsWith("weights/").And.None.StartsWith("gradients/"));
    }

    [Test]
    public void AnotherSettingIsRefusedByAll()
    {
        string[] messages = ThreadProcesses.Run(2, each => Assert.Throws<UserErrorException>(() => Train(
            each, "refused", epochs: 2, "--learning-rate", each.Rank == 0 ? "0.1" : "0.2"))!.Message);
        Assert.That(
            messages,
            Is.All.Contains("Process 1 on").And.All.Contains("in the setting learning_rate: 0.2, not 0.1;"));
    }

    [Test]
    public void OtherLabelsAreRefusedByAll()
    {
        string other = folder.Path("other");
        SmallGalaxies.Write(other, [.. Enumerable.Range(1, Galaxies - 1)]);
        string[] messages = ThreadProcesses.Run(2, each => Assert.Throws<UserErrorException>(() => Run(
            each, "refused", epochs: 1, each.Rank == 0 ? Data : other))!.Message);
        Assert.That(messages, Is.All.Contains("Process 1 on").And.All.Contains("labels"));
    }

    [TestCase(3, 4, "3 processes cannot share a mini-batch")]
    [TestCase(4, 2, "4 processes are more than --shards 2")]
    public void NumbersThatDoNotFitAreRefused(int processes, int shards, string message)
    {
        string[] messages = ThreadProcesses.Run(processes, each => Assert.Throws<UsageException>(() => Train(
            each, "refused", epochs: 1, "--shards", $"{shards}"))!.Message);
        Assert.That(messages, Is.All.Contains(message));
    }

    [Test]
    public void AMiniBatchHasAnImageForEachShard()
    {
        var exception = Assert.Throws<UsageException>(() => Train(1, "refused", epochs: 1, "--shards", "16"))!;
        Assert.That(exception.Message, Does.Contain("--batch-size 10 is less than the 16 shards"));
    }

    [Test]
    public void SeveralProcessesHaveAsManyShardsIfNothingIsSaid()
    {
        ThreadProcesses.Run(2, each =>
        {
            var root = new RootCommand { new TrainCommand(Silent(), each) };
            return CommandProgram.Run(
                root,
                [
                    "train", "--data", Data, "--out", folder.Path("default", $"{each.Rank}"), "--attempt", "1",
                    "--epochs", "1", "--skip-bad", "--device", "cpu",
                ],
                Silent());
        });
        Assert.That(new RunFolder(folder.Path("default", "0")).ReadOptions().Settings.Shards, Is.EqualTo(2));
    }

    /// <summary>The same with real processes, which take a while to start.</summary>
    [TestCaseSource(typeof(MpiLauncher), nameof(MpiLauncher.SlowlyTested)), Exhaustive]
    public void TheRunOfLaunchedProcessesIsThatOfOne(string launcher)
    {
        string run = folder.Path(launcher.Replace(' ', '-'));
        string program = typeof(TrainProgram).Assembly.Location;
        var launched = MpiLauncher.Run(launcher, processes: 2, [program, .. Arguments(Data, run, epochs: 2)]);
        Assert.That(launched.ExitCode, Is.Zero, launched.Error);
        Assert.That(launched.ErrorLines, Has.Exactly(1).StartsWith("Training attempt 5 on 2 processes with 4 shards"));
        Assert.That(StateOf(run), Is.EqualTo(StateOf(folder.Path("alone", "0"))));
    }

    private static string[] Arguments(string data, string run, int epochs, params string[] more) =>
    [
        "train", "--data", data, "--out", run, "--attempt", "5", "--batch-size", "10", "--epochs", $"{epochs}",
        "--average-views", "1", "--checkpoint-every", "2", "--skip-bad", "--device", "cpu",
        .. more.Contains("--shards") ? [] : new[] { "--shards", "4" },
        .. more,
    ];

    private static float MaximumOf(Safetensors file, string name) =>
        MemoryMarshal.Cast<byte, float>(file.BytesOf(name)).ToArray().Max();

    private static Terminal Silent() => new(TextWriter.Null, TextWriter.Null, default);

    /// <summary>All that a checkpoint keeps but for the times, and the tables of the losses.</summary>
    private static Dictionary<string, string> StateOf(string run)
    {
        using var checkpoint = Safetensors.Open(Path.Combine(run, "checkpoints", "epoch-2.safetensors"));
        var state = checkpoint.Entries.Keys.ToDictionary(
            name => name, name => Convert.ToHexString(SHA256.HashData(checkpoint.BytesOf(name))));
        byte[] weights = File.ReadAllBytes(Path.Combine(run, "weights.safetensors"));
        state.Add("weights", Convert.ToHexString(SHA256.HashData(weights)));
        state.Add("losses", File.ReadAllText(Path.Combine(run, "loss.csv")));
        return state;
    }

    private void Train(int processes, string run, int epochs, params string[] more) =>
        ThreadProcesses.Run(processes, each => Train(each, run, epochs, more));

    private int Train(ICollective processes, string run, int epochs, params string[] more) =>
        Run(processes, run, epochs, Data, more);

    private int Run(ICollective processes, string run, int epochs, string data, params string[] more)
    {
        var terminal = Silent();
        var root = new RootCommand { new TrainCommand(terminal, processes) };
        return CommandProgram.Run(
            root, Arguments(data, folder.Path(run, $"{processes.Rank}"), epochs, more), terminal);
    }

    /// <summary>Trains until process 1, and no other, is interrupted, and keeps what is done.</summary>
    /// <returns>The steps that are done.</returns>
    private int InterruptAfterAStep(ICollective processes, string name)
    {
        var plan = new RunFolder(folder.Path("alone", "0")).ReadOptions().Plan;
        var galaxies = GalaxyDataset.Load(
            GalaxyFolder.Open(Data), plan.Crop, plan.Size, skipBad: true, shards: new Shards(processes, 4));
        var data = new TrainingData(galaxies, plan);
        galaxies.Hold(data.Deal!);
        using var device = Device.OpenCpu(threads: 1);
        using var run = new TrainingRun(device, plan, data, processes);
        Assert.That(
            () => run.TrainEpoch(() => { }, report: null, new CancellationToken(canceled: processes.Rank == 1)),
            Throws.InstanceOf<OperationCanceledException>());
        var kept = processes.Rank == 0 ? new RunFolder(folder.Path(name, "0")) : null;
        kept?.Lock().Dispose();
        kept?.WriteOptions(RunOptions.Of(plan, data));
        run.Save(kept);
        return run.Progress.Step;
    }

    private void AssertSame(string run) =>
        Assert.That(StateOf(folder.Path(run, "0")), Is.EqualTo(StateOf(folder.Path("alone", "0"))));
}
