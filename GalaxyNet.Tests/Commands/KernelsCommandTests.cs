using System.Text.Json;
using GalaxyNet.Benchmarks;

namespace GalaxyNet.Tests;

/// <summary>The <c>kernels</c> command of the benchmarks.</summary>
[TestFixture]
internal sealed class KernelsCommandTests
{
    [Test]
    public void EveryOperationOfTheCatalogueIsTimed()
    {
        var timed = KernelPass.All.Select(pass => pass.Operation).ToHashSet();
        var expected = Kernels.OperationCatalogue.All.Where(each => each.IsBenchmark).Select(each => each.Operation).Distinct();
        Assert.That(timed, Is.SupersetOf(expected));
        Assert.That(KernelPass.All.Select(pass => pass.ToString()), Is.Unique);
    }

    [Test]
    public void TablesAndPlotAreWritten()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Path("kernels");
        var (exitCode, output, error) = Run("kernels", "--short", "--device", "cpu", "--filter", "SIGMOID*", "--out", path);
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain("sigmoid").And.Contain("forward, attempt 4, the output"));
        string csv = File.ReadAllText(Directory.GetFiles(path, "*.csv", SearchOption.AllDirectories).Single());
        Assert.That(csv, Does.Contain("GFLOP/s,GB/s,% of peak").And.Contain("sigmoid backward"));
        Assert.That(csv, Does.Not.Contain("NA"));
        Assert.That(csv, Does.Not.Match(@"\d,\d{3}\."), "thousands that a reader of CSV would take for two columns");
        Assert.That(Directory.GetFiles(path, "*.md", SearchOption.AllDirectories), Has.Length.EqualTo(1));
        Assert.That(File.ReadAllBytes(Path.Combine(path, "roofline.png")), Has.Length.GreaterThan(10_000));
    }

    [Test]
    public void TheResultIsOneJsonObjectIfAskedFor()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output, error) = Run(
            "kernels", "--short", "--device", "cpu", "--filter", "sigmoid forward*", "--out", folder.Root, "--json");
        Assert.That(exitCode, Is.Zero, error);
        var json = JsonElement.Parse(output);
        double peak = json.GetProperty("peak_gflops").GetDouble();
        Assert.That(peak, Is.GreaterThan(1));
        foreach (var pass in json.GetProperty("passes").EnumerateArray())
        {
            Assert.That(pass.GetProperty("operation").GetString(), Is.EqualTo("sigmoid"));
            Assert.That(pass.GetProperty("direction").GetString(), Is.EqualTo("forward"));
            Assert.That(pass.GetProperty("gflops").GetDouble(), Is.GreaterThan(0).And.LessThan(peak));
        }
    }

    [Test]
    public void AFilterThatMatchesNothingIsRefused()
    {
        var (exitCode, output, error) = Run("kernels", "--filter", "fft*");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.StartWith("--filter fft*: matches none").And.Contain("conv2d forward"));
    }

    [Test]
    public void CuBlasComputesAsMuch()
    {
        var cuBlas = KernelPass.All.Where(pass => pass.IsByCuBlas).ToList();
        foreach (var pass in cuBlas)
        {
            var own = KernelPass.All.Single(each => !each.IsByCuBlas
                && $"{each.Operation} (cuBLAS) {each.Direction}, {each.Description}" == pass.ToString());
            Assert.That(pass.Cost.Flops, Is.EqualTo(own.Cost.Flops), pass.ToString());
            Assert.That(pass.Cost.Bytes, Is.AtLeast(0.9 * own.Cost.Bytes), pass.ToString());
        }
        Assert.That(cuBlas.Select(pass => pass.Direction).Distinct(), Is.EquivalentTo(["forward", "backward"]));
    }

    [Test]
    public void CuBlasWithoutCudaIsRefused()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output, error) = Run(
            "kernels", "--device", "cpu", "--filter", "*cuBLAS*", "--out", folder.Path("kernels"));
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.StartWith("cuBLAS needs a CUDA device"));
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exitCode = BenchmarkProgram.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
