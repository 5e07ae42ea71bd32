using System.Diagnostics;
using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>Processes on two machines whose link is cut: they are network namespaces of this one.</summary>
[TestFixture, Exhaustive]
internal sealed class TwoMachinesTests
{
    private static readonly string Id = $"{Environment.ProcessId}";

    private static string Script => Repository.Path("GalaxyNet.Tests", "Train", "Processes", "two-machines");

    [SetUp]
    public void Connect()
    {
        _ = new MpiLauncher(MpiLauncher.OpenMpi).Program;
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Assert.Ignore("This needs Linux, and root, who may make network namespaces.");
        var made = Do("up");
        if (made.ExitCode != 0)
            Assert.Ignore($"This machine has no network namespaces: {made.Error}");
    }

    [TearDown]
    public void Disconnect() => Do("down");

    [Test]
    public void ACutLinkEndsBothSidesWithALine()
    {
        using var run = Process.Start(Start(
            "run", ProgramProcess.Dotnet, typeof(MpiProgram).Assembly.Location, nameof(MpiProgram.Compute), "0"))!;
        var error = run.StandardError.ReadToEndAsync();
        WaitUntil(() => Running == 2, seconds: 30);
        Thread.Sleep(3000); // they join
        Do("cut");
        WaitUntil(() => Running == 0, seconds: 15);
        run.Kill(entireProcessTree: true); // which waits for its other half
        Assert.That(
            error.Result.Split('\n'),
            Has.Exactly(1).EqualTo(
                "Process 1 on hostB has not been heard of for 10 s: the link or the machine is gone; continue with "
                + "train --resume"));
    }

    private static int Running => int.Parse(Do("count").Output, CultureInfo.InvariantCulture);

    private static void WaitUntil(Func<bool> condition, int seconds)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(seconds));
            Thread.Sleep(100);
        }
    }

    private static ProgramRun Do(string what) => ProgramRun.Of(Start(what));

    private static ProcessStartInfo Start(params string[] arguments)
    {
        var start = MpiLauncher.Start("bash", [Script, Id, .. arguments]);
        start.RedirectStandardError = true;
        return start;
    }
}
