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

    // A checkpoint takes 26 MB, the weights 9.
    [TestCase(
        "50m",
        "epoch 2 cannot be kept (",
        "the last good checkpoint is ",
        "epoch-1.safetensors",
        Category = ExhaustiveAttribute.Name)]
    [TestCase(
        "30m",
        "epoch 1 is kept, but its results cannot be written (",
        "the last good checkpoint is ",
        "epoch-1.safetensors",
        Category = ExhaustiveAttribute.Name)]
    [TestCase(
        "10m", "epoch 1 cannot be kept (", "there is no checkpoint yet", Category = ExhaustiveAttribute.Name)]
    public void OnASmallDisk(string size, string fault, string remains, params string[] checkpoints)
    {
        string disk = folder.Path("disk");
        Directory.CreateDirectory(disk);
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", disk))
            Assert.Ignore("This needs the right to mount a small file system.");
        try
        {
            var run = new TrainedRun(Path.Combine(disk, "run"));
            using var process = ProgramProcess.Start(run.Begin(epochs: 3));
            AssertEndsWithOneLine(process, run, fault, "No space left", remains);
            Assert.That(run.Checkpoints, Is.EqualTo(checkpoints));
            Assert.That(Run("mount", "-o", "remount,size=200m", disk));
            AssertGoesOnAsIfNothingHadHappened(run);
        }
        finally
        {
            Run("umount", disk);
        }
    }

    /// <summary>The checkpoints are elsewhere: for them there is room.</summary>
    [Test]
    public void WhereTensorBoardsFilesHaveNoRoomTheRunGoesOn()
    {
        var run = new TrainedRun(folder.Path("run"));
        string disk = Path.Combine(run.Folder, "tensorboard");
        Directory.CreateDirectory(disk);
        if (!Run("mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", disk))
            Assert.Ignore("This needs the right to mount a small file system.");
        try
        {
            var trained = ProgramRun.Good(run.Begin(epochs: 2, "--tensorboard"));
            Assert.That(
                trained.ErrorLines.Where(line => line.Contains("No space left", StringComparison.Ordinal)).Single(),
                Does.StartWith(disk).And.EndWith("the run goes on without TensorBoard"));
            byte[] bytes = File.ReadAllBytes(EventReader.Files(disk).Single());
            Assert.That(EventReader.Read(bytes, out int end)[^1].Step, Is.EqualTo(TrainedRun.StepsPerEpoch));
            Assert.That(end, Is.LessThan(bytes.Length), "Half an event is left.");
        }
        finally
        {
            Run("umount", disk);
        }
        ProgramRun.Good(untouched.Begin(epochs: 2));
        run.AssertSameWeightsAs(untouched);
    }

    // Some of the crops fit, and a list of the others would.
    [TestCase("40k")]
    [TestCase("48k")]
    public void AFullDiskIsNotSkipped(string size)
    {
        string disk = folder.Path("disk");
        Directory.CreateDirectory(disk);
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", disk))
            Assert.Ignore("This needs the right to mount a small file system.");
        try
        {
            string output = Path.Combine(disk, "out");
            Preprocess(output).AssertRefused(UserError, output, "cannot be written (No space left on device)");
            Assert.That(Directory.GetFiles(output, "*.png"), Is.Not.Empty.And.Length.LessThan(DrawnGalaxies.Count));
            Assert.That(Directory.GetFiles(output), Has.None.EndsWith("skipped.txt").And.None.EndsWith(".tmp"));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Test]
    public void ANameThatIsTakenIsNotSkipped()
    {
        string taken = folder.Path("out", $"{DrawnGalaxies.FirstId}.png");
        Directory.CreateDirectory(taken);
        Preprocess(folder.Path("out")).AssertRefused(UserError, taken);
        Assert.That(Directory.GetFiles(folder.Path("out")), Has.None.EndsWith("skipped.txt"));
    }

    private static ProgramRun Preprocess(string output) =>
        ProgramRun.Of("preprocess", "--data", DrawnGalaxies.Folder, "--out", output, "--skip-bad");

    [Test, Exhaustive]
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
        AssertEndsWithOneLine(process, run, "epoch 2 cannot be kept (", "too large", "the last good checkpoint is ");
        Assert.That(run.Checkpoints, Is.EqualTo(["epoch-1.safetensors"]));
        AssertGoesOnAsIfNothingHadHappened(run);
    }

    private static void AssertEndsWithOneLine(
        ProgramProcess process, TrainedRun run, string fault, string reason, string remains)
    {
        Assert.That(process.WaitForExit(), Is.EqualTo(UserError), string.Join('\n', process.ErrorLines));
        Assert.That(
            process.ErrorLines[^1],
            Does.StartWith($"{run.Folder}: {fault}").And.Contain(reason).And.Contain(remains)
                .And.EndWith("continue with train --resume"));
        Assert.That(process.ErrorLines, Has.None.StartsWith("   at "));
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
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
