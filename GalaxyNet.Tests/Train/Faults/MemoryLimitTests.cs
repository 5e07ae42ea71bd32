using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>
/// The program where the system limits its memory, as it does in a container: it is not killed, but says what it needs.
/// </summary>
[TestFixture]
internal sealed class MemoryLimitTests
{
    private const string Groups = "/sys/fs/cgroup/memory"; // of version 1, where a process may be moved by itself
    private const int UserError = 1;

    [Test]
    public void ANetworkOfWhichNotEvenOneImageFitsIsRefused()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, last) = TrainWithin(400, folder.Path("run"), "--attempt", "3");
        Assert.That(exitCode, Is.EqualTo(UserError), last);
        Assert.That(last, Does.Match("^--batch-size 64: needs 1.. GB of memory, but CPU, .* not even 1, which needs "));
    }

    [TestCase(250, 1)]
    [TestCase(400, 4)]
    [TestCase(400, 5)]
    [TestCase(1500, 3)]
    [Exhaustive]
    public void TheSuggestedBatchIsTrained(int megabytes, int attempt)
    {
        using var folder = new TemporaryFolder();
        string[] options = ["--attempt", $"{attempt}", "--batch-size"];
        var (exitCode, last) = TrainWithin(megabytes, folder.Path("run"), [.. options, "5000"]);
        Assert.That(exitCode, Is.EqualTo(UserError), last);
        TestContext.Out.WriteLine(last);
        (exitCode, last) = TrainWithin(megabytes, folder.Path("run"), [.. options, last.Split(' ')[^3]]);
        Assert.That(exitCode, Is.Zero, last);
    }

    private static (int ExitCode, string LastLine) TrainWithin(int megabytes, string run, params string[] options)
    {
        string group = $"{Groups}/galaxynet-test-{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(group);
            File.WriteAllText(
                $"{group}/memory.limit_in_bytes", (megabytes * 1_000_000L).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Ignore($"Nobody may limit memory here: {exception.Message}");
        }
        try
        {
            using var process = ProgramProcess.StartFromShell(
                $"echo $$ > {group}/tasks",
                [
                    "train", "--data", DrawnGalaxies.Folder, "--out", run, "--epochs", "1", "--device", "cpu",
                    .. options,
                ]);
            return (process.WaitForExit(), process.ErrorLines.LastOrDefault() ?? "");
        }
        finally
        {
            Directory.Delete(group);
        }
    }
}
