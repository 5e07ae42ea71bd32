using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using static GalaxyNet.Tests.BenchmarkCommand;

namespace GalaxyNet.Tests;

/// <summary>The <c>kernels</c> command of the benchmarks.</summary>
[TestFixture]
internal sealed class KernelsCommandTests
{
    [Test]
    public void EveryOperationOfTheCatalogueIsTimed()
    {
        var timed = KernelPass.All.Select(pass => pass.Operation).ToHashSet();
        var expected = Kernels.OperationCatalogue.All.Select(each => each.Operation).Distinct();
        Assert.That(timed, Is.SupersetOf(expected));
        Assert.That(KernelPass.All.Select(pass => pass.ToString()), Is.Unique);
    }

    [Test]
    public void WhatAttemptFourFusesIsTimedFused() =>
        Assert.That(
            KernelPass.All.Select(pass => pass.ToString()),
            Is.SupersetOf(
            [
                "conv2d_relu_max_pool2d forward, attempt 4, conv1",
                "conv2d_relu_max_pool2d backward, attempt 4, conv1",
                "dense_relu forward, attempt 4, fc1",
                "dense_relu forward, attempt 4, fc2",
            ]));

    [Test, Exhaustive]
    public void TablesAndPlotAreWritten()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Path("kernels");
        var (exitCode, output, error) = RunAlone(
            "kernels", "--short", "--device", "cpu", "--filter", "SIGMOID*", "--out", path);
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain("sigmoid").And.Contain("forward, attempt 4, the output"));
        string csv = File.ReadAllText(Directory.GetFiles(path, "*.csv", SearchOption.AllDirectories).Single());
        Assert.That(csv, Does.Contain("GFLOP/s,GB/s,% of peak,Peak GFLOP/s,Peak GB/s").And.Contain("sigmoid backward"));
        Assert.That(csv, Does.Not.Contain("NA"));
        Assert.That(
            csv.TrimEnd().Split('\n').Skip(1)
                .SelectMany(line => Regex.Replace(line.Trim(), "\"[^\"]*\"", "").Split(',').Skip(1)),
            Has.All.Matches<string>(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out _)),
            "numbers without thousands separators, which a reader of CSV would take for two columns");
        string table = File.ReadAllText(Directory.GetFiles(path, "*.md", SearchOption.AllDirectories).Single());
        Assert.That(table, Does.Contain("Peak GFLOP/s").And.Contain("2^17 elements").And.Not.Contain("2^22 elements"));
        Assert.That(error, Does.Match(@"\d+ s\. Tables and plot"));
        Assert.That(File.ReadAllBytes(Path.Combine(path, "roofline.png")), Has.Length.GreaterThan(10_000));
    }

    [Test, Exhaustive]
    public void TheResultIsOneJsonObjectIfAskedFor()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output, error) = RunAlone(
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

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.NamesOfGpuSchedule)), Exhaustive]
    public void EveryPlanOfAProductIsTimedAndOneIsChosen(string name)
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, CancellationToken.None);
        var device = TestDevices.Get(name);
        var all = LayerProduct.OfAttemptFour(1, TileEngine.Of(device));
        var products = all.Where(product => product.Layer == "fc3").ToList();
        var timings = new PlanSweep(device, batch: 1, isShort: true, terminal).Time(products);
        Assert.That(timings.Select(each => each.Operation).Distinct(), Is.EqualTo(products.Select(each => each.Name)));
        Assert.That(timings.Where(each => each.Chosen).Select(each => each.Operation), Is.Unique);
        Assert.That(timings.Count(each => each.Chosen), Is.EqualTo(products.Count));
        Assert.That(timings.Select(each => each.Microseconds), Is.All.Positive);
        Assert.That(timings[0].Cells, Has.Length.EqualTo(PlanTiming.Heading.Split(',').Length));
    }

    [Test]
    public void ThePlansAreAGpus()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output, error) = Run("kernels", "--plans", "--device", "cpu", "--out", folder.Root);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.StartWith("--plans: tiles and splits are a GPU's").And.EndsWith("\n"));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
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
}
