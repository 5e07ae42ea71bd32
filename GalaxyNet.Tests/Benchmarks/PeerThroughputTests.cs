using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>
/// <c>throughput --peer</c> measures PyTorch beside ours. A script of the shell stands in for Python: it prints rates,
/// and keeps what it was called with.
/// </summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PeerThroughputTests : IDisposable
{
    private const string Rates =
        """{"device": "PyTorch 9, CPU", "train_images_per_second": 0.5, "infer_images_per_second": 2}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void TheJsonHasPyTorchsRatesAndTheRatiosOfOurs()
    {
        var json = JsonElement.Parse(Throughput($"echo '{Rates}'", "--json").Output);
        var peer = json.GetProperty("peers").EnumerateArray().Single();
        Assert.That(peer.GetProperty("name").GetString(), Is.EqualTo("PyTorch 9, CPU"));
        foreach (string pass in (string[])["train", "infer"])
        {
            double ours = json.GetProperty($"{pass}_images_per_second").GetDouble();
            double theirs = peer.GetProperty($"{pass}_images_per_second").GetDouble();
            Assert.That(peer.GetProperty($"{pass}_ratio").GetDouble(), Is.EqualTo(ours / theirs).Within(1e-9));
        }
    }

    [Test, Exhaustive]
    public void TheTableHasThemToo()
    {
        string output = Throughput($"echo '{Rates}'").Output;
        Assert.That(output, Does.Match(@"PyTorch 9, CPU +0\.5 images/s +[\d.]+ times +2\.0 images/s +[\d.]+ times"));
    }

    [Test]
    public void WithoutPyTorchALineSaysSoAndOursIsShown()
    {
        var (exitCode, output, error) = Throughput("echo 'This Python has no PyTorch.' >&2; exit 1", "--json");
        Assert.That(exitCode, Is.Zero);
        Assert.That(error.TrimEnd().Split('\n')[^1], Does.StartWith("--python ").And.EndWith("has no PyTorch."));
        Assert.That(JsonElement.Parse(output).GetProperty("peers").GetArrayLength(), Is.Zero);
    }

    [Test]
    public void TheScriptIsAskedForTheSameWork()
    {
        var rates = Measure("cuda", $"echo \"$@\" > {folder.Path("asked")}; echo '{Rates}'", "--graph");
        Assert.That(rates, Is.EqualTo(new PyTorchRates("PyTorch 9, CPU", 0.5, 2)));
        string[] asked = File.ReadAllText(folder.Path("asked")).Trim().Split(' ');
        Assert.That(asked[0], Does.Exist.And.EndWith("attempt4.py"));
        Assert.That(
            string.Join(' ', asked[1..]), Is.EqualTo("--device cuda --batch 16 --steps 20 --threads 2 --graph"));
    }

    [TestCase("echo nothing", "printed no result")]
    [TestCase("echo '{}'", "printed no result")]
    [TestCase("printf 'Traceback\\nMemoryError\\n' >&2; exit 1", "MemoryError")]
    public void AScriptThatFailsIsOneLine(string commands, string problem) => Assert.That(
        () => Measure("cpu", commands),
        Throws.TypeOf<UserErrorException>().With.Message.Contains(problem).And.Message.Not.Contains('\n'));

    [Test]
    public void APythonThatIsNotThereIsOneLine()
    {
        var script = new PyTorchScript(folder.Path("nowhere"), CancellationToken.None);
        Assert.That(
            () => script.Measure("cpu", 2, 1, 1, []),
            Throws.TypeOf<UserErrorException>().With.Message.Contains("no such program"));
    }

    [Test]
    public void AnInterruptionEndsIt()
    {
        using var interruption = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        var script = new PyTorchScript(Python("exec sleep 60"), interruption.Token);
        Assert.That(() => script.Measure("cpu", 2, 1, 1, []), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void OnlyOnAGpuPyTorchHasABestAndAnotherPrecision()
    {
        Assert.That(PyTorchScript.WaysOn(DeviceKind.Cpu), Is.EqualTo(new string[][] { [] }));
        Assert.That(
            PyTorchScript.WaysOn(DeviceKind.Cuda),
            Is.EqualTo(new string[][] { [], ["--graph"], ["--graph", "--tf32"] }));
        Assert.That(
            () => PyTorchScript.WaysOn(DeviceKind.OpenCl),
            Throws.TypeOf<UserErrorException>().With.Message.Contains("OpenCl"));
    }

    private ProgramRun Throughput(string commands, params string[] options) => BenchmarkCommand.Run(
    [
        "throughput", "--device", "cpu", "--batch", "1", "--steps", "1", "--peer", "--python", Python(commands),
        .. options,
    ]);

    private PyTorchRates Measure(string device, string commands, params string[] way) =>
        new PyTorchScript(Python(commands), CancellationToken.None)
            .Measure(device, batch: 16, steps: 20, threads: 2, way);

    private string Python(string commands)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The stand-in is a script of a shell of Unix.");
            return "";
        }
        string path = folder.Write("python", $"#!/bin/sh\n{commands}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
