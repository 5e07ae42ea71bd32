namespace GalaxyNet.Tests;

/// <summary>A GPU that computes is never kept waiting: the host waits for copies, and for what it must read.</summary>
[TestFixture]
internal sealed class CudaQueueTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private StubRecord training = null!;
    private StubRecord evaluation = null!;

    [OneTimeSetUp]
    public void TrainAndEvaluate()
    {
        training = RecordOf(
            "train", "--data", DrawnGalaxies.Folder, "--out", folder.Path("run"), "--attempt", "1", "--epochs", "1",
            "--batch-size", "1", "--recipe", "notebook", "--device", "cuda");
        evaluation = RecordOf(
            "evaluate", "--run", folder.Path("run"), "--data", DrawnGalaxies.Folder, "--subset", "all", "--device",
            "cuda");
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void AStepOfARunWaitsForTheCopiesOfItsBatchAlone()
    {
        var calls = training.FromUpdateToUpdate.SelectMany(calls => calls).ToList();
        Assert.That(calls.Count(call => call.IsUpdate), Is.GreaterThan(5));
        Assert.That(Waits(calls), Has.Exactly(1).Items.And.Some.StartsWith("stream"));
        Assert.That(Waits(calls), Is.Not.EqualTo(StreamsOfLaunches(calls)));
    }

    [Test]
    public void AStepOfARunAllocatesNothing() => Assert.That(
        training.FromUpdateToUpdate.Skip(1).SelectMany(calls => calls).Where(call => call.Name == "create")
            .Select(call => call.Object.Split(' ')[0]).Distinct(),
        Is.SubsetOf(["event"]));

    [Test]
    public void PredictionsQueueUpToo()
    {
        var calls = evaluation.FromFirstToLastLaunch.ToList();
        int converted = calls.Count(call => call.IsLaunch && call.Kernel == "Kernel_affine_resampling_Convert");
        Assert.That(converted, Is.GreaterThan(5));
        Assert.That(Waits(calls), Has.Exactly(1).Items.And.Some.StartsWith("stream"));
        Assert.That(Waits(calls), Is.Not.EqualTo(StreamsOfLaunches(calls)));
    }

    private static IEnumerable<string> Waits(IEnumerable<StubCall> calls) =>
        calls.Where(call => call.Name == "synchronize").Select(call => call.Object).Distinct();

    private static IEnumerable<string> StreamsOfLaunches(IEnumerable<StubCall> calls) =>
        calls.Where(call => call.IsLaunch).Select(call => call.Object).Distinct();

    private static StubRecord RecordOf(params string[] arguments)
    {
        using var machine = new StubMachine("h100");
        var run = machine.Train(arguments);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return machine.Record;
    }
}
