using System.Diagnostics;
using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>
/// The scripts for a machine with a GPU and without an SDK. Most tests give <c>on-gpu</c> an archive of small scripts
/// in the place of the programs.
/// </summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GpuMachineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public GpuMachineTests()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The scripts are for a shell of Unix.");
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void EveryResultIsALineWithTheCommandsOwnJson()
    {
        Pack(train: "echo nothing", benchmarks: """echo Measuring; echo '{"rate": 7}'; echo failed >&2; exit 3""");
        Run("cpu", "devices", "speed");
        var devices = ResultOf("devices");
        Assert.That(devices.GetProperty("exit_code").GetInt32(), Is.Zero);
        Assert.That(devices.GetProperty("result").ValueKind, Is.EqualTo(JsonValueKind.Null));
        var speed = ResultOf("throughput 64");
        Assert.That(speed.GetProperty("exit_code").GetInt32(), Is.EqualTo(3));
        Assert.That(speed.GetProperty("result").GetProperty("rate").GetInt32(), Is.EqualTo(7));
        string log = File.ReadAllText(folder.Path("out", "log.txt"));
        Assert.That(log, Does.Contain("Measuring").And.Contain("failed"));
    }

    [Test]
    public void AnObjectOfSeveralLinesIsAResultToo()
    {
        Pack(train: """printf '{\n  "auto": "cpu"\n}\n'""");
        Run("cpu", "devices");
        Assert.That(ResultOf("devices").GetProperty("result").GetProperty("auto").GetString(), Is.EqualTo("cpu"));
    }

    [Test]
    public void ACommandThatTakesTooLongIsEndedAndTheRestIsSkipped()
    {
        Pack(train: "sleep 60");
        Run("cpu", ["LIMIT=2"], "devices", "demo");
        Assert.That(ResultOf("devices").GetProperty("exit_code").GetInt32(), Is.EqualTo(124));
        Assert.That(ResultOf("demo").GetProperty("skipped").GetString(), Is.EqualTo("the 2 seconds are over"));
    }

    [Test]
    public void AnInterruptionEndsThePartThatRuns()
    {
        Pack(train: $"touch {folder.Path("begun")}; trap 'touch {folder.Path("ended")}; exit' TERM; sleep 60 & wait");
        var (exitCode, output) = Shell(
        [
            "-c",
            $"""
            DEVICE=cpu TMPDIR={folder.Root} bash {folder.Path("on-gpu")} devices demo &
            until [ -e {folder.Path("begun")} ]; do sleep 0.1; done
            kill -TERM $!
            wait $!
            """,
        ]);
        Assert.That(exitCode, Is.EqualTo(130), output);
        Assert.That(() => folder.Path("ended"), Does.Exist.After(5_000, 50));
    }

    [Test]
    public void OnACpuWhatNeedsAnNvidiaGpuIsSkipped()
    {
        Pack();
        Run("cpu", "card", "plans", "compiled", "ncu", "sanitizer");
        Assert.That(
            Results.Skip(1).Select(each => each.GetProperty("skipped").GetString()),
            Is.EqualTo(Enumerable.Repeat("it needs an NVIDIA GPU, and the device is cpu", 5)));
    }

    [Test]
    public void WhatTheMachineLacksIsSkipped()
    {
        Pack();
        Run("cuda", ["PATH=/usr/bin:/bin"], "ncu");
        Assert.That(ResultOf("ncu").GetProperty("skipped").GetString(), Is.EqualTo("there is no ncu"));
    }

    [Test]
    public void APartThatIsNotThereIsRefusedBeforeAnythingRuns()
    {
        Pack();
        var (exitCode, output) = Shell([folder.Path("on-gpu"), "devices", "fft"]);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(output, Does.StartWith("usage:"));
        Assert.That(folder.Path("out"), Does.Not.Exist);
    }

    [TestCase("bundle")]
    [TestCase("on-gpu")]
    public void HelpIsShown(string script)
    {
        var (exitCode, output) = Shell([Script(script), "--help"]);
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.StartWith("usage:"));
    }

    [Test, Exhaustive]
    public void WhatIsBundledRunsWithoutAnSdk()
    {
        var (exitCode, output) = Shell([Script("bundle")]);
        Assert.That(exitCode, Is.Zero, output);
        foreach (string file in Directory.GetFiles(Repository.Path("artifacts", "gpu")))
            File.Copy(file, folder.Path(Path.GetFileName(file)));
        Run("cpu", ["PATH=/usr/bin:/bin", "DOTNET_ROOT="], "devices", "ladder");
        Assert.That(ResultOf("devices").GetProperty("result").GetProperty("auto").GetString(), Is.Not.Empty);
        Assert.That(ResultOf("ladder").GetProperty("result").GetProperty("products").GetArrayLength(), Is.Positive);
    }

    private IEnumerable<JsonElement> Results =>
        File.ReadLines(folder.Path("out", "results.jsonl")).Select(line => JsonElement.Parse(line));

    private JsonElement ResultOf(string what) =>
        Results.Single(each => each.GetProperty("what").GetString() == what);

    private static string Script(string name) => Repository.Path("GalaxyNet.Benchmarks", "GpuMachine", name);

    /// <summary>Makes an archive of stand-ins for the programs, from the commands that they run.</summary>
    private void Pack(string train = "true", string benchmarks = "true")
    {
        Directory.CreateDirectory(folder.Path("programs"));
        folder.Write("programs/commit", "0123abc");
        foreach (var (name, commands) in new[] { ("GalaxyNet.Train", train), ("GalaxyNet.Benchmarks", benchmarks) })
            folder.Write($"programs/{name}", $"#!/bin/sh\n{commands}\n");
        var (exitCode, output) = Shell(
            ["-c", $"cd {folder.Path("programs")} && chmod +x GalaxyNet.* && tar -cJf ../galaxynet.tar.xz ."]);
        Assert.That(exitCode, Is.Zero, output);
        File.Copy(Script("on-gpu"), folder.Path("on-gpu"));
    }

    private void Run(string device, params string[] parts) => Run(device, [], parts);

    private void Run(string device, string[] environment, params string[] parts)
    {
        Directory.CreateDirectory(folder.Path("tmp"));
        var (exitCode, output) = Shell(
            [folder.Path("on-gpu"), .. parts], [$"DEVICE={device}", $"TMPDIR={folder.Path("tmp")}", .. environment]);
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(Results.First().GetProperty("commit").GetString(), Is.Not.Empty);
    }

    private static (int ExitCode, string Output) Shell(string[] arguments, params string[] environment)
    {
        var start = new ProcessStartInfo("bash", arguments);
        foreach (string[] pair in environment.Select(each => each.Split('=', 2)))
            start.Environment[pair[0]] = pair[1];
        var run = ProgramRun.Of(start);
        return (run.ExitCode, run.Output + run.Error);
    }
}
