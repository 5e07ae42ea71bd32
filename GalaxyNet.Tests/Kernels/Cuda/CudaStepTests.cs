namespace GalaxyNet.Tests;

/// <summary>What a training step of attempt 4 asks of an NVIDIA driver.</summary>
[TestFixture]
internal sealed class CudaStepTests
{
    private const int LaunchesOfAForwardPass = 13;
    private const int LaunchesOfABackwardPass = 15;

    // Whatever has arguments that change: the step's number, where the loss goes, Adam's step size.
    private static readonly string[] StepByStep =
        ["Kernel_dropout_SetStep", "Kernel_weighted_mse_ForwardAndBackward", "Kernel_adam_Update"];

    private StubRecord record = null!;
    private IReadOnlyList<StubCall> captured = null!; // in the second step; the first compiles
    private IReadOnlyList<StubCall>[] laterSteps = null!;

    [OneTimeSetUp]
    public void Measure()
    {
        using var machine = new StubMachine("h100");
        var run = machine.Benchmark("throughput", "--batch", "64", "--steps", "3", "--device", "cuda");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        record = machine.Record;
        captured = [.. record.Steps.First().Where(call => call.IsCapture)];
        laterSteps = [.. record.Steps.Skip(1).Take(3)];
    }

    [Test]
    public void AStepIsSoManyLaunches()
    {
        Assert.That(captured, Has.Count.EqualTo(LaunchesOfAForwardPass + LaunchesOfABackwardPass));
        foreach (var step in laterSteps)
        {
            Assert.That(step.Where(call => call.IsLaunch).Select(call => call.Kernel), Is.EqualTo(StepByStep));
            Assert.That(
                step.Where(call => call.IsGraphLaunch).Select(call => call.Details.GetProperty("launches").GetInt32()),
                Is.EqualTo([LaunchesOfAForwardPass, LaunchesOfABackwardPass]));
        }
    }

    [Test]
    public void AStepIsInOrder()
    {
        bool[] areGraphs = [false, true, false, true, false];
        Assert.That(
            laterSteps.Select(step => step.Select(call => call.IsGraphLaunch)), Has.Exactly(3).EqualTo(areGraphs));
    }

    [Test]
    public void InferenceIsOneGraph()
    {
        var calls = record.Calls.Where(call => call.IsLaunch || call.IsGraphLaunch).ToList();
        string inference = record.Captures.Last().Select(call => call.Kernel).Last();
        Assert.That(inference, Is.EqualTo("Kernel_sigmoid_Forward"));
        int first = calls.FindIndex(call => call.IsGraphLaunch && call.Graph == "executable graph 3");
        Assert.That(calls[first..(first + 3)].Select(call => call.Name), Is.All.EqualTo("launch graph"));
    }

    /// <summary>By their tiles and grids.</summary>
    [Test]
    public void TheConvolutionsThatCanBeFastAreLaunchedAsTheEstimateHasThem()
    {
        var gpu = StubMachine.H100;
        var launches = captured.Select(call => $"{call.Kernel} {string.Join('x', call.Grid)}").ToList();
        var products = LayerProduct.OfAttemptFour(64, TileEngine.Cuda).Where(product => product.Fast is not null);
        var fast = products.Select(product => product.On(gpu)).ToList();
        foreach (var launch in fast.GroupBy(product => $"{product.Layer} {product.KernelOf(product.PlanFor(gpu))}"))
        {
            var plans = launch.Select(product => product.PlanFor(gpu)).ToList();
            string grid = plans.Count == 1
                ? $"{plans[0].Across}x{plans[0].Down}x{plans[0].Parts * plans[0].Matrices}"
                : $"{plans.Sum(plan => plan.Groups)}x1x1"; // both gradients
            string kernel = PtxText.EntryOf(launch.First().KernelOf(plans[0]));
            Assert.That(launches, Has.Member($"{kernel} {grid}"), launch.Key);
        }
        Assert.That(fast.Count(product => product.IsFast), Is.EqualTo(6));
    }

    [Test]
    public void AStepNeitherWaitsNorAllocates() =>
        Assert.That(laterSteps.SelectMany(step => step).Where(call => !call.IsLaunch && !call.IsGraphLaunch), Is.Empty);

    /// <summary>On the one that nobody creates, a kernel would wait for whatever else the GPU does.</summary>
    [Test]
    public void AStepRunsOnAStreamOfItsOwn() => Assert.That(
        laterSteps.SelectMany(step => step).Select(call => call.Object).Distinct(),
        Has.Exactly(1).Items.And.None.EqualTo("stream 0"));

    [Test]
    public void NothingIsLeftWhenTheGpuIsClosed() => Assert.That(record.Leaked, Is.Empty);

    [Test]
    public void TheGpuIsClosedLast() => Assert.That(record.EndsWithTheContext);
}
