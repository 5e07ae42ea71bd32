namespace GalaxyNet.Tests;

/// <summary>What a training step of attempt 4 asks of an NVIDIA driver.</summary>
[TestFixture, Parallelizable]
internal sealed class CudaStepTests
{
    private const int LaunchesOfAStep = 31;

    private StubRecord record = null!;
    private IReadOnlyList<StubCall>[] laterSteps = null!; // without the first, which compiles

    [OneTimeSetUp]
    public void Measure()
    {
        using var machine = new StubMachine("h100");
        var run = machine.Benchmark("throughput", "--batch", "64", "--steps", "3", "--device", "cuda");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        record = machine.Record;
        laterSteps = [.. record.Steps.Take(3)];
    }

    [Test]
    public void AStepIsSoManyLaunches() => Assert.That(
        laterSteps.Select(step => step.Count(call => call.IsLaunch)), Has.Exactly(3).EqualTo(LaunchesOfAStep));

    /// <summary>By their tiles and grids.</summary>
    [Test]
    public void TheConvolutionsThatCanBeFastAreLaunchedAsTheEstimateHasThem()
    {
        var gpu = StubMachine.H100;
        var launches = laterSteps[0].Select(call => $"{call.Kernel} {string.Join('x', call.Grid)}").ToList();
        var products = LayerProduct.OfAttemptFour(64, TileEngine.Cuda).Where(product => product.Fast is not null);
        var fast = products.Select(product => product.On(gpu)).ToList();
        foreach (var launch in fast.GroupBy(product => $"{product.Layer} {product.KernelOf(product.PlanFor(gpu))}"))
        {
            var plans = launch.Select(product => product.PlanFor(gpu)).ToList();
            string grid = plans.Count == 1
                ? $"{plans[0].Across}x{plans[0].Down}x{plans[0].Parts * plans[0].Matrices}"
                : $"{plans.Sum(plan => plan.Groups)}x1x1"; // both gradients
            string kernel = launch.First().KernelOf(plans[0]).Replace('.', '_');
            Assert.That(launches, Has.Member($"Kernel_{kernel} {grid}"), launch.Key);
        }
        Assert.That(fast.Count(product => product.IsFast), Is.EqualTo(6));
    }

    [Test]
    public void AStepNeitherWaitsNorAllocates() =>
        Assert.That(laterSteps.SelectMany(step => step).Where(call => !call.IsLaunch), Is.Empty);

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
