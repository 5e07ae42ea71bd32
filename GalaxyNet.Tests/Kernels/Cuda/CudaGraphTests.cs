namespace GalaxyNet.Tests;

/// <summary>
/// What a run asks of an NVIDIA driver to have its passes launched whole: here with batches of three, of two at the end
/// of each epoch, and of two to be scored.
/// </summary>
[TestFixture]
internal sealed class CudaGraphTests
{
    private const int Epochs = 3;
    private const int StepsOfAnEpoch = 3;
    private const int Passes = 5; // forward and backward with both sizes, and the evaluation

    private StubRecord record = null!;

    [OneTimeSetUp]
    public void Train()
    {
        using var machine = new StubMachine("h100");
        using var folder = new TemporaryFolder();
        var run = machine.Train(
            "train", "--data", DrawnGalaxies.Folder, "--out", folder.Path("run"), "--attempt", "2", "--batch-size", "3",
            "--epochs", $"{Epochs}", "--recipe", "notebook", "--warm-up", "1", "--schedule", "cosine",
            "--device", "cuda");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        record = machine.Record;
    }

    [Test]
    public void EachPassOfEachSizeIsCapturedOnce()
    {
        Assert.That(Executables("create"), Has.Exactly(Passes).Items);
        Assert.That(record.Captures.Select(calls => calls.Count), Has.Exactly(Passes).Items.And.All.Positive);
    }

    /// <summary>But the first with two images. The first of all is not among them.</summary>
    [Test]
    public void EveryLaterStepIsTwoGraphs()
    {
        var steps = record.FromUpdateToUpdate.ToList();
        Assert.That(steps, Has.Count.EqualTo((Epochs * StepsOfAnEpoch) - 1));
        var graphs = steps.Select(step => step.Count(call => call.IsGraphLaunch)).ToList();
        Assert.That(graphs, Is.EqualTo([2, 0, 2, 2, 2, 3, 2, 2]), "with the second evaluation in one");
        var launches = steps[^2].Where(call => call.IsLaunch).Select(call => call.Kernel.Split('_')[1]);
        Assert.That(launches, Is.EqualTo(["affine", "affine", "affine", "dropout", "weighted", "adam"]));
    }

    [Test]
    public void NothingButLaunchesIsAskedForInACapture()
    {
        Assert.That(record.Captures.SelectMany(calls => calls).Where(call => !call.IsCapture), Is.Empty);
        Assert.That(record.Calls.Where(call => call.Name == "refuse"), Is.Empty);
    }

    [Test]
    public void GraphsAreLaunchedOnTheStreamOfTheKernels() => Assert.That(
        record.Calls.Where(call => call.IsGraphLaunch).Select(call => call.Object).Distinct(),
        Is.EqualTo(record.Launches.Select(call => call.Object).Distinct()));

    [Test]
    public void GraphsAreGivenBackBeforeTheMemoryOfTheNetwork()
    {
        Assert.That(record.Leaked, Is.Empty);
        var given = record.ObjectsOf("destroy").ToList();
        int last = given.FindLastIndex(what => what.StartsWith("executable", StringComparison.Ordinal));
        Assert.That(given[..(last + 1)].TakeLast(Passes), Is.EquivalentTo(Executables("create")));
        Assert.That(given[last..], Has.Some.StartsWith("device memory"));
    }

    private IEnumerable<string> Executables(string call) =>
        record.ObjectsOf(call).Where(what => what.StartsWith("executable", StringComparison.Ordinal));
}
