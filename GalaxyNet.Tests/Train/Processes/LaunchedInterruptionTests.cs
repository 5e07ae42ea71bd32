using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>Processes that a launcher has started end together, however one ends, and their run goes on.</summary>
[TestFixture, Exhaustive]
internal sealed class LaunchedInterruptionTests : IDisposable
{
    private const int Epochs = 100; // of three steps
    private const int MostSeconds = 15; // between the death of a process and the end of all

    private readonly TemporaryFolder folder = new();

    [OneTimeSetUp]
    public void TrainAlone()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("This reads /proc.");
        ProgramRun.Good(Begin("alone"));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>After each kill another number of processes goes on, under either launcher.</summary>
    [TestCase(20)]
    public void KilledAtRandomMoments(int kills)
    {
        var random = new Random(21);
        string run = folder.Path("killed");
        int done = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            int processes = random.Next(2) == 0 ? 2 : 4;
            string launcher = random.Next(2) == 0 ? MpiLauncher.OpenMpi : MpiLauncher.Mpich;
            using var launched = Launch(launcher, processes, [.. Begin("killed"), "--resume"]);
            launched.WaitUntil(() => ProcessesOf(run).Length == processes);
            Thread.Sleep(random.Next(6000)); // while they start, join, load, train or write
            if (ProcessesOf(run) is not { Length: > 0 } alive)
                break; // the run is complete
            Process.GetProcessById(alive[random.Next(alive.Length)]).Kill();
            var watch = Stopwatch.StartNew();
            Assert.That(launched.WaitForExit(), Is.Not.Zero);
            while (ProcessesOf(run).Length > 0 && watch.Elapsed.TotalSeconds < MostSeconds)
                Thread.Sleep(10);
            Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(MostSeconds), $"{launcher}, {processes} processes");
            done++;
        }
        TestContext.Out.WriteLine($"{done} kills");
        Assert.That(done, Is.GreaterThan(0));
        AssertSameAfterResuming(run, "killed");
    }

    /// <summary>
    /// Open MPI sends SIGTERM when so many seconds have passed, and ends what is left when as many more have: one,
    /// where it is not told otherwise.
    /// </summary>
    [TestCase(MpiLauncher.OpenMpi, "TERM", "--mca", "odls_base_sigkill_timeout", "3")]
    [TestCase(MpiLauncher.OpenMpi, "INT", "--mca", "odls_base_sigkill_timeout", "3")]
    [TestCase(MpiLauncher.Mpich, "INT")]
    public void ASignalToTheLauncherKeepsTheLastStep(string launcher, string signal, params string[] options)
    {
        string name = $"{launcher}-{signal}".Replace(' ', '-');
        string run = folder.Path(name);
        using var launched = Launch(launcher, 2, Begin(name), options);
        launched.WaitForLine("epoch 3/");
        launched.Send(signal);
        launched.WaitForExit();
        Assert.That(
            launched.ErrorLines,
            Has.Exactly(1).StartsWith("Interrupted after ").And.Exactly(1).Contains("which is kept; continue with: "));
        AssertSameAfterResuming(run, name);
    }

    private static ProgramProcess Launch(string launcher, int processes, string[] arguments, params string[] options) =>
        ProgramProcess.StartUnder(new MpiLauncher(launcher).Words(processes, options), arguments);

    /// <summary>The processes that train a run.</summary>
    private static int[] ProcessesOf(string run) =>
    [
        .. from process in Process.GetProcessesByName("dotnet")
           where CommandOf(process).Contains(run, StringComparison.Ordinal)
           select process.Id,
    ];

    private static string CommandOf(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return ""; // it has ended by now
        }
    }

    private string[] Begin(string name) =>
    [
        "train", "--data", DrawnGalaxies.Folder, "--out", folder.Path(name), "--attempt", "5", "--batch-size", "4",
        "--shards", "4", "--epochs", $"{Epochs}", "--average-views", "1", "--device", "cpu", "--checkpoint-every", "1",
    ];

    private void AssertSameAfterResuming(string run, string name)
    {
        ProgramRun.Good([.. Begin(name), "--resume"]);
        Assert.That(WeightsOf(run).AsSpan().SequenceEqual(WeightsOf(folder.Path("alone"))), run);
    }

    private static byte[] WeightsOf(string run) => File.ReadAllBytes(Path.Combine(run, "weights.safetensors"));
}
