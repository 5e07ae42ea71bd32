using System.Text.Json;
using static GalaxyNet.Tests.BenchmarkCommand;

namespace GalaxyNet.Tests;

/// <summary>The <c>throughput</c> command of the benchmarks.</summary>
[TestFixture]
internal sealed class ThroughputCommandTests
{
    [Test]
    public void TheResultIsOneLineOfJson()
    {
        var (exitCode, output, error) = Run(
            "throughput", "--device", "cpu", "--batch", "2", "--steps", "1", "--threads", "1", "--json");
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output.TrimEnd('\n'), Does.Not.Contain('\n'));
        var json = JsonElement.Parse(output);
        Assert.That(json.GetProperty("device").GetString(), Does.Contain("1 thread"));
        string[] rates =
        [
            "train_images_per_second", "infer_images_per_second",
            "gemm_1024_gflops", "fma_peak_gflops", "peak_rss_mb",
        ];
        Assert.That(rates.Select(name => json.GetProperty(name).GetDouble()), Has.All.Positive);
        Assert.That(json.GetProperty("per_layer").EnumerateObject().Count(), Is.AtLeast(5));
    }

    [Test, Exhaustive]
    public void InferenceAloneTellsNothingOfTraining()
    {
        string[] command = ["throughput", "--device", "cpu", "--batch", "2", "--steps", "1", "--infer-only"];
        var json = JsonElement.Parse(Run([.. command, "--json"]).Output);
        string[] ofTraining = ["train_images_per_second", "direct_equivalent_gflops"];
        Assert.That(
            ofTraining.Select(name => json.GetProperty(name).ValueKind), Has.All.EqualTo(JsonValueKind.Null));
        Assert.That(json.GetProperty("infer_images_per_second").GetDouble(), Is.Positive);
        var layer = json.GetProperty("per_layer").GetProperty("fc3");
        Assert.That(layer.GetProperty("forward_ms").GetDouble(), Is.Positive);
        Assert.That(layer.GetProperty("backward_ms").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            Run(command).Output, Does.Contain("inference ").And.Not.Contain("training").And.Not.Contain("back"));
    }

    [TestCase("--batch", "0")]
    [TestCase("--steps", "-1")]
    [TestCase("--threads", "0")]
    [TestCase("--device", "tpu")]
    public void AValueThatAnOptionDoesNotTake(string option, string value)
    {
        var (exitCode, output, error) = Run("throughput", option, value);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.Contain(option).And.Contain(value));
    }
}
