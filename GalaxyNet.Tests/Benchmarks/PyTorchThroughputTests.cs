using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>The script that measures attempt 4 in PyTorch, to hold <c>throughput</c> against.</summary>
[TestFixture]
internal sealed class PyTorchThroughputTests
{
    [Test]
    public void ItsKeysAreThoseOfThroughput()
    {
        string script = Repository.Path("GalaxyNet.Benchmarks", "PyTorch", "attempt4.py");
        var report = JsonElement.Parse(Python.Run(script, "--device", "cpu", "--batch", "2", "--steps", "1"));
        var names = report.EnumerateObject().Select(property => property.Name).ToList();
        var expected = typeof(ThroughputReport).GetProperties()
            .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))
            .Select(name => name.Replace("gemm1024", "gemm_1024", StringComparison.Ordinal));
        Assert.That(names, Is.SubsetOf(expected));
        Assert.That(report.GetProperty("batch").GetInt32(), Is.EqualTo(2));
        Assert.That(report.GetProperty("train_images_per_second").GetDouble(), Is.Positive);
        Assert.That(report.GetProperty("infer_images_per_second").GetDouble(), Is.Positive);
    }
}
