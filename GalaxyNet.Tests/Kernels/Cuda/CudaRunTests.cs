namespace GalaxyNet.Tests;

/// <summary>What ILGPU and this library ask of an NVIDIA driver from opening a GPU to closing it.</summary>
[TestFixture]
internal sealed class CudaRunTests : IDisposable
{
    private StubMachine machine = null!;
    private StubRecord record = null!;

    [OneTimeSetUp]
    public void Train()
    {
        machine = new StubMachine("rtx2060");
        using var folder = new TemporaryFolder();
        var run = machine.Train(
            "train", "--data", DrawnGalaxies.Folder, "--out", folder.Path("run"), "--attempt", "1", "--epochs", "1",
            "--batch-size", "1", "--device", "cuda");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        record = machine.Record;
    }

    public void Dispose() => machine.Dispose();

    [Test]
    public void TrainingLaunchesKernels() => Assert.That(record.Launches, Is.Not.Empty);

    [TestCase("context")]
    [TestCase("device memory")]
    [TestCase("event")]
    [TestCase("module")]
    [TestCase("registered memory")]
    [TestCase("stream")]
    public void TrainingGivesBackWhatItTook(string kind)
    {
        Assert.That(record.ObjectsOf("create"), Has.Some.StartsWith(kind));
        Assert.That(record.Leaked, Has.None.StartsWith(kind));
    }

    [Test]
    public void NothingElseIsLeft() => Assert.That(record.Leaked, Is.Empty);

    [Test]
    public void TheGpuIsClosedLast() => Assert.That(record.EndsWithTheContext);

    // ILGPU frees what is left when it closes a GPU: whatever comes after the first kernel has been forgotten.
    [Test]
    public void MemoryIsFreedBeforeTheGpuIsClosed() => Assert.That(
        record.ObjectsOf("destroy").SkipWhile(what => !what.StartsWith("module", StringComparison.Ordinal)),
        Has.None.Contains("memory"));

    [Test]
    public void KernelsAreCompiledForTheGpu() => Assert.That(machine.Kernels, Has.All.Contains(".target sm_75"));

    [Test]
    public void ABatchThatTheGpuHasNoMemoryForIsOneClearLine()
    {
        using var small = new StubMachine("small-memory");
        using var folder = new TemporaryFolder();
        small.Train(
            "train", "--data", DrawnGalaxies.Folder, "--out", folder.Path("run"), "--attempt", "1", "--batch-size",
            "5000", "--device", "cuda").AssertRefused(1, "--batch-size 5000: needs ", "RTX 2060 has only", "would fit");
        Assert.That(small.Record.Leaked, Is.Empty);
    }

    [Test]
    public void AKernelThatTheDriverDoesNotTakeIsOneLineWithTheDriversReason()
    {
        using var strict = new StubMachine("h100") { Rejected = ".entry" };
        var run = strict.Train("gradcheck", "--operation", "relu", "--device", "cuda");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.ErrorLines,
            Has.Length.EqualTo(2).And.Exactly(1).Contains("ptxas application ptx input").And.Contains("'.entry'"));
    }
}
