using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>The script that measures attempt 4 in PyTorch, to hold <c>throughput</c> against.</summary>
[TestFixture]
internal sealed class PyTorchThroughputTests
{
    // What attempt4.py needs to know of PyTorch before it measures, for a machine that has neither PyTorch nor a GPU.
    private const string WithoutGpu = """
        nn = contiguous_format = channels_last = None
        class cuda: is_available = staticmethod(lambda: False)
        """;

    private const string Missing = "raise ModuleNotFoundError";

    private static readonly string Script = Repository.Path("GalaxyNet.Benchmarks", "PyTorch", "attempt4.py");

    [TestCase("--graph")]
    [TestCase("--compile")]
    [TestCase("--tf32")]
    public void WhatNeedsAGpuIsRefusedInOneLine(string option) => AssertRefused(option);

    [Test]
    public void AGpuThatIsNotThereIsRefusedInOneLine() => AssertRefused("--device", "cuda", "--graph", "--tf32");

    [Test]
    public void GraphAndCompileExcludeEachOther()
    {
        var run = RunWith(WithoutGpu, "--graph", "--compile");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("--compile: not allowed with argument --graph"));
    }

    [Test]
    public void APythonWithoutPyTorchSaysWhatToDoInOneLine()
    {
        var run = RunWith(Missing);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error.Trim(), Does.Contain("pytorch.org").And.Not.Contain('\n'));
    }

    [Test]
    public void ItsKeysAreThoseOfThroughput()
    {
        var report = JsonElement.Parse(Python.Run(Script, "--device", "cpu", "--batch", "2", "--steps", "1"));
        var names = report.EnumerateObject().Select(property => property.Name).ToList();
        var expected = typeof(ThroughputReport).GetProperties()
            .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))
            .Select(name => name.Replace("gemm1024", "gemm_1024", StringComparison.Ordinal));
        Assert.That(names, Is.SubsetOf(expected));
        Assert.That(report.GetProperty("batch").GetInt32(), Is.EqualTo(2));
        Assert.That(report.GetProperty("train_images_per_second").GetDouble(), Is.Positive);
        Assert.That(report.GetProperty("infer_images_per_second").GetDouble(), Is.Positive);
    }

    private static void AssertRefused(params string[] options)
    {
        var run = RunWith(WithoutGpu, options);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
        Assert.That(run.Error.Trim(), Does.StartWith(options[0]).And.Contain("GPU").And.Not.Contain('\n'));
    }

    /// <summary>Runs the script with a module in the place of PyTorch.</summary>
    private static ProgramRun RunWith(string torch, params string[] options)
    {
        using var folder = new TemporaryFolder();
        folder.Write("torch.py", torch);
        var start = new ProcessStartInfo("python3", [Script, .. options]);
        start.Environment["PYTHONPATH"] = folder.Root;
        try
        {
            return ProgramRun.Of(start);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("This needs python3.");
            throw;
        }
    }
}
