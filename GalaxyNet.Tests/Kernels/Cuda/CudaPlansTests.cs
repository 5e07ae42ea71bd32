namespace GalaxyNet.Tests;

/// <summary>
/// What <c>kernels --plans</c> asks of an NVIDIA driver, of layers with a convolution that can be fast: every way to
/// compute them is launched and timed, and the one that a step of training takes is marked.
/// </summary>
[TestFixture, Exhaustive] // which compiles every tile
internal sealed class CudaPlansTests
{
    // Every tile is timed, and so the one that is marked is TF32's.
    private static readonly GpuSize Gpu = StubMachine.H100 with { Precision = Precision.TensorFloat32 };

    private static readonly LayerProduct[] Products =
        [.. LayerProduct.OfAttemptFour(64, TileEngine.Cuda).Where(product => product.Layer == "conv3")];

    private StubRecord record = null!;
    private string[][] rows = null!; // as PlanTiming.Cells

    [OneTimeSetUp]
    public void Time()
    {
        using var folder = new TemporaryFolder();
        using var machine = new StubMachine("h100");
        var run = machine.Benchmark(
            "kernels", "--plans", "--short", "--filter", "conv3*", "--device", "cuda", "--out", folder.Root);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        record = machine.Record;
        rows = [.. File.ReadLines(folder.Path("plans.csv")).Skip(1).Select(line => line.Split(','))];
    }

    [Test]
    public void EveryTileAndSplitIsTimedDirectlyAndFast()
    {
        foreach (var product in Products)
        {
            foreach (var way in (LayerProduct[])[product, product.Fast!])
                Assert.That(
                    RowsOf(product).Select(row => (row[3], row[4])),
                    Is.SupersetOf(way.PlansFor(Gpu).Select(
                        plan => ($"{way.Way}{plan.Tile.Name}", $"{plan.Parts}"))));
        }
    }

    [Test]
    public void OneOfAllIsTheOneThatALayerTakes()
    {
        foreach (var product in Products)
        {
            string[] chosen = RowsOf(product).Single(row => row[8] == "yes");
            var taken = product.On(Gpu);
            var plan = taken.PlanFor(Gpu);
            Assert.That((chosen[3], chosen[4]), Is.EqualTo(($"{taken.Way}{plan.Tile.Name}", $"{plan.Parts}")));
        }
    }

    /// <summary>Each twice: once to warm up.</summary>
    [Test]
    public void AFastPassIsTimedWithWhatMakesAndTakesItsMatrices()
    {
        int fast = rows.Count(row => row[3].StartsWith("fast ", StringComparison.Ordinal));
        Assert.That(LaunchesOf("Evaluate"), Is.EqualTo(2 * fast));
        Assert.That(LaunchesOf("CudaPoints"), Is.EqualTo(2 * fast));
        Assert.That(LaunchesOf("Interpolate"), Is.EqualTo(2 * fast));
    }

    private int LaunchesOf(string kernel) =>
        record.Launches.Count(launch => launch.Kernel.Contains(kernel, StringComparison.Ordinal));

    private IEnumerable<string[]> RowsOf(LayerProduct product) => rows.Where(row => row[1] == product.Name);
}
