using System.Text.Json;
using static GalaxyNet.Tests.BenchmarkCommand;

namespace GalaxyNet.Tests;

/// <summary>The <c>ptx</c> and <c>ladder</c> commands of the benchmarks.</summary>
[TestFixture, Parallelizable]
internal sealed class PtxCommandTests
{
    [Test, Exhaustive]
    public void JsonHasEveryKernelOfEveryOperation()
    {
        var (exitCode, output, _) = Run("ptx", "--sm", "90", "--json");
        Assert.That(exitCode, Is.Zero);
        var entries = JsonElement.Parse(output).EnumerateArray().ToList();
        Assert.That(entries.Select(Name), Is.EquivalentTo(
            MarkedKernel.OfGpus.Concat(MarkedKernel.OfProcessors).Select(kernel => kernel.ToString())));
        Assert.That(
            entries.Select(entry => entry.GetProperty("schedule").GetString()).Distinct(),
            Is.EquivalentTo(["gpu", "cpu", "shared"]));
        foreach (var entry in entries)
        {
            var loop = entry.GetProperty("inner_loop");
            bool isBulk = entry.GetProperty("schedule").GetString() == "gpu";
            Assert.That(loop.ValueKind, Is.EqualTo(isBulk ? JsonValueKind.Object : JsonValueKind.Null), Name(entry));
            Assert.That(entry.GetProperty("sm").GetInt32(), Is.EqualTo(90));
            Assert.That(entry.GetProperty("shared_bytes").GetInt32(), isBulk ? Is.Positive : Is.Not.Negative);
            Assert.That(entry.GetProperty("local_bytes").GetInt32(), Is.Zero);
            Assert.That(entry.GetProperty("barriers").GetInt32(), isBulk ? Is.Positive : Is.Not.Negative);
            if (!isBulk)
                continue;
            double share = loop.GetProperty("fma").GetDouble() / loop.GetProperty("instructions").GetDouble();
            Assert.That(loop.GetProperty("fma_share").GetDouble(), Is.EqualTo(share).Within(1e-4));
        }
    }

    [Test, Exhaustive]
    public void TheTextNamesTheLayersAndSaysThatItEstimates()
    {
        var (exitCode, output, _) = Run("ptx");
        Assert.That(exitCode, Is.Zero);
        string[] parts = ["conv1", "weight gradient", "fc3", "RTX 4090", "A100", "H100", "ESTIMATE", "ld.shared.v4"];
        foreach (string part in parts)
            Assert.That(output, Does.Contain(part));
    }

    [Test]
    public void AnUnknownArchitectureIsRefused()
    {
        var (exitCode, output, error) = Run("ptx", "--sm", "60");
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.Contain("'60'").And.Contain("'70'"));
    }

    [Test]
    public void NoLayerBeatsTheArithmeticOfTheGpu()
    {
        var loop = new PtxLoop(8, 10, 0, 8, new Dictionary<string, int>());
        foreach (var gpu in GpuDataSheet.All)
        {
            foreach (var product in LayerProduct.OfAttemptFour(64))
            {
                double least = product.Flops / gpu.PeakTflops / 1e6;
                Assert.That(
                    RooflineEstimate.Of(gpu, product, loop).Microseconds, Is.AtLeast(least), product.ToString());
            }
        }
    }

    [Test]
    public void TheProductsAreThoseOfTheCatalogue()
    {
        double flops = LayerProduct.OfAttemptFour(64).Where(each => each.Pass == "forward").Sum(each => each.Flops);
        double expected = OperationCatalogue.All
            .Where(each => each.IsBenchmark && each.Operation is "conv2d" or "dense")
            .Where(each => each.Description.StartsWith("attempt 4", StringComparison.Ordinal))
            .Sum(each => each.ForwardCost.Flops);
        Assert.That(flops, Is.EqualTo(expected));
    }

    [Test]
    public void TheLadderWithoutAGpuSaysSo()
    {
        var (exitCode, output, error) = Run("ladder", "--device", "cpu");
        Assert.That(exitCode, Is.Zero);
        Assert.That(error, Does.StartWith("Nothing is timed"));
        Assert.That(output, Does.Contain("double-buffered").And.Contain("ld.shared.v4"));
    }

    private static string? Name(JsonElement entry) => entry.GetProperty("kernel").GetString();
}
