using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>A disk that fills up ends a run with one clear line, and takes nothing that was kept before.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FullDiskTests : IDisposable
{
    private const int UserError = 1;

    private readonly TemporaryFolder folder = new();
    private readonly TrainedRun untouched;

    public FullDiskTests() => untouched = new TrainedRun(folder.Path("untouched"));

    public void Dispose() => folder.Dispose();

    [Test]
    public void OnADiskWithRoomForOneCheckpoint()
    {
        string disk = folder.Path("disk");
        Directory.CreateDirectory(disk);
        if (!Run("mount", "-t", "tmpfs", "-o", "size=50m", "tmpfs", disk))
            Assert.Ignore("This needs the right to mount a small file system.");
        try
        {
            var run = new TrainedRun(Path.Combine(disk, "run"));
            using var process = ProgramProcess.Start(run.Begin(epochs: 3));
            AssertEndsWithOneLine(process, run, "No space left");
            Assert.That(Run("mount", "-o", "remount,size=200m", disk));
            AssertGoesOnAsIfNothingHadHappened(run);
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Test]
    public void WhereNoFileMayBeAsLargeAsACheckpoint()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows has no such limit.");
        var run = new TrainedRun(folder.Path("run"));
        ProgramRun.Good(run.Begin(epochs: 1));
        // In blocks of 512 or 1024 bytes, as the shell likes; either way it is between the weights and a checkpoint.
        // .NET keeps its compiled code in a file in memory, to which the limit would apply, unless it is told not to.
        using var process = ProgramProcess.StartFromShell(
            "trap '' XFSZ; ulimit -f 20000; export DOTNET_EnableWriteXorExecute=0", run.GoOn("--epochs", "3"));
        AssertEndsWithOneLine(process, run, "too large");
        AssertGoesOnAsIfNothingHadHappened(run);
    }

    private static void AssertEndsWithOneLine(ProgramProcess process, TrainedRun run, string reason)
    {
        Assert.That(process.WaitForExit(), Is.EqualTo(UserError), string.Join('\n', process.ErrorLines));
        Assert.That(
            process.ErrorLines[^1],
            Does.StartWith($"{run.Folder}: epoch 2 cannot be kept (").And.Contain(reason)
                .And.Contain($"the last good checkpoint is {run.PathOf("epoch-1.safetensors")}"));
        Assert.That(process.ErrorLines, Has.None.StartsWith("   at "));
        Assert.That(run.Checkpoints, Is.EqualTo(["epoch-1.safetensors"]));
        run.AssertEveryFileIsWhole();
    }

    private void AssertGoesOnAsIfNothingHadHappened(TrainedRun run)
    {
        ProgramRun.Good(run.GoOn("--epochs", "3"));
        ProgramRun.Good(untouched.Begin(epochs: 3));
        run.AssertSameWeightsAs(untouched);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
