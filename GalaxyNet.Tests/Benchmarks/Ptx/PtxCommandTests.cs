using System.Text.Json;
using static GalaxyNet.Tests.BenchmarkCommand;

namespace GalaxyNet.Tests;

/// <summary>The <c>ptx</c> and <c>ladder</c> commands of the benchmarks.</summary>
[TestFixture]
internal sealed class PtxCommandTests
{
    [Test, Exhaustive]
    public void JsonHasEveryKernelOfEveryOperationAndTheFolderAllText()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output, error) = Run("ptx", "--sm", "90", "--json", "--out", folder.Path("ptx"));
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(
            Directory.EnumerateFiles(folder.Path("ptx")).Select(Path.GetFileName),
            Is.EquivalentTo(
                MarkedKernel.OfGpus.Concat(MarkedKernel.OfBenchmarks).Select(kernel => $"{kernel.Name}.ptx")));
        Assert.That(File.ReadAllText(folder.Path("ptx", "conv2d.Forward.96x128.ptx")), Does.Contain(".maxntid 128"));
        var entries = JsonElement.Parse(output).EnumerateArray().ToList();
        Assert.That(entries.Select(Name), Is.EquivalentTo(
            MarkedKernel.OfGpus.Concat(MarkedKernel.OfProcessors).Select(kernel => kernel.Name)));
        Assert.That(
            entries.Select(entry => entry.GetProperty("schedule").GetString()).Distinct(),
            Is.EquivalentTo(["gpu", "cuda", "cpu", "shared"]));
        foreach (var entry in entries)
        {
            var loop = entry.GetProperty("inner_loop");
            bool isBulk = entry.GetProperty("schedule").GetString() is "gpu" or "cuda";
            Assert.That(loop.ValueKind, Is.EqualTo(isBulk ? JsonValueKind.Object : JsonValueKind.Null), Name(entry));
            Assert.That(entry.GetProperty("sm").GetInt32(), Is.EqualTo(90));
            bool hasPtx = entry.GetProperty("schedule").GetString() != "cpu";
            Assert.That(entry.GetProperty("target").GetString(), Is.EqualTo(hasPtx ? "sm_80" : null));
            Assert.That(entry.GetProperty("machine_code").ValueKind, Is.EqualTo(JsonValueKind.Null), "no ptxas");
            Assert.That(entry.GetProperty("shared_bytes").GetInt32(), isBulk ? Is.Positive : Is.Not.Negative);
            bool isInAssembly = entry.GetProperty("schedule").GetString() == "cuda";
            Assert.That(
                entry.GetProperty("local_bytes").GetInt32(),
                Is.AtMost(isInAssembly ? PtxOfKernelsTests.MostLocalBytesInAssembly : 0));
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
        string[] parts =
        [
            "Compiled for sm_80.", "conv1 weight", "fast 96x128", "fc3", "RTX 4090", "A100", "H100", "H200", "measured",
            "ESTIMATE", "ld.shared.v4", "conv2d.Forward.96x128",
            // No name is broken in two.
            "conv2 weight gradient", "affine_resampling", "batch_norm_relu_max_pool2d.ForwardEvaluation",
        ];
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
    public void TheLadderWithoutAGpuSaysSo()
    {
        var (exitCode, output, error) = Run("ladder", "--device", "cpu");
        Assert.That(exitCode, Is.Zero);
        Assert.That(error, Does.StartWith("Nothing is timed"));
        Assert.That(output, Does.Contain("double-buffered").And.Contain("ld.shared.v4"));
    }

    private static string? Name(JsonElement entry) => entry.GetProperty("kernel").GetString();
}
