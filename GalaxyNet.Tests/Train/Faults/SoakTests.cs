using System.Diagnostics;
using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>
/// Trains, stops in every way and at every moment, resumes and evaluates, again and again for an hour, and counts how
/// it went.
/// </summary>
/// <remarks><c>GALAXYNET_SOAK_MINUTES</c> is how long, and <c>GALAXYNET_SOAK_SEED</c> which moments.</remarks>
[TestFixture, NonParallelizable, Exhaustive]
internal sealed class SoakTests : IDisposable
{
    private const int MostMilliseconds = 6000; // until a run is stopped: it may still be starting, or be done
    private const string Faults = "faults";

    private static readonly (string Name, int Signal)[] Signals = [("INT", 2), ("TERM", 15), ("HUP", 1)];

    private readonly TemporaryFolder folder = new();
    private readonly SortedDictionary<string, int> outcomes = [];
    private readonly Random random = new(Setting("GALAXYNET_SOAK_SEED", 1));

    public void Dispose() => folder.Dispose();

    [Test]
    public void RunsAreStoppedAndGoOn()
    {
        var length = TimeSpan.FromMinutes(Setting("GALAXYNET_SOAK_MINUTES", 60));
        (TrainedRun Untouched, int Epochs)[] kinds =
        [
            (new TrainedRun(folder.Path("attempt-1"), attempt: 1), 20),
            (new TrainedRun(folder.Path("attempt-4"), attempt: 4), 4),
        ];
        foreach (var (untouched, epochs) in kinds)
            ProgramRun.Good(untouched.Begin(epochs));
        var watch = Stopwatch.StartNew();
        for (int round = 0; watch.Elapsed < length; round++)
        {
            var (untouched, epochs) = kinds[round % kinds.Length];
            var run = new TrainedRun(folder.Path("run"), attempt: round % kinds.Length == 0 ? 1 : 4);
            StopUntilDone(run, epochs);
            bool isSame = run.Weights.AsSpan().SequenceEqual(untouched.Weights);
            Count(isSame
                ? "runs that ended with the bits of one that was never stopped"
                : $"{Faults}: a run ended with other bits");
            Directory.Delete(run.Folder, recursive: true);
        }
        foreach (var (outcome, count) in outcomes)
            TestContext.Out.WriteLine($"{count,6} {outcome}");
        Assert.That(outcomes.Keys.Where(outcome => outcome.StartsWith(Faults, StringComparison.Ordinal)), Is.Empty);
    }

    private void StopUntilDone(TrainedRun run, int epochs)
    {
        bool isDone = false;
        while (!isDone)
        {
            bool goesOn = File.Exists(Path.Combine(run.Folder, "options.json"));
            Count(goesOn ? "resumed" : "begun");
            string[] arguments = goesOn ? run.GoOn() : run.Begin(epochs);
            using var process = ProgramProcess.Start([.. arguments, "--checkpoint-every", $"{random.Next(6)}"]);
            process.WaitAtMost(random.Next(MostMilliseconds));
            isDone = Stop(process) == 0;
            LookAt(run, process);
            Evaluate(run);
        }
    }

    /// <returns>The exit code; nothing after kill -9.</returns>
    private int? Stop(ProgramProcess process)
    {
        int way = random.Next(2 * Signals.Length);
        if (way >= Signals.Length && !process.HasExited)
        {
            process.Kill();
            Count("stopped by kill -9");
            return null;
        }
        var (name, signal) = Signals[way % Signals.Length];
        // What ignores the signal, as a shell's job in the background does Ctrl-C, trains to its end.
        if (!process.HasExited)
            process.Send(name);
        int exitCode = process.WaitForExit();
        Count(exitCode == 0 ? "done before it could be stopped"
            : exitCode == 128 + signal ? $"stopped by {name}"
            : $"{Faults}: exit code {exitCode} after {name}: {process.ErrorLines.LastOrDefault()}");
        return exitCode;
    }

    private void LookAt(TrainedRun run, ProgramProcess process)
    {
        if (process.ErrorLines.Any(line => line.StartsWith("   at ", StringComparison.Ordinal)))
            Count($"{Faults}: a stack trace: {string.Join(' ', process.ErrorLines)}");
        if (process.ErrorLines.Any(line => line.Contains("cannot be used", StringComparison.Ordinal)))
            Count($"{Faults}: a damaged checkpoint: {string.Join(' ', process.ErrorLines)}");
        if (!Directory.Exists(run.Folder))
            return;
        run.AssertEveryFileIsWhole();
        Count("folders in which every file was whole");
    }

    private void Evaluate(TrainedRun run)
    {
        bool hasEpoch = File.Exists(Path.Combine(run.Folder, "weights.safetensors"));
        var evaluated = ProgramRun.Of("evaluate", "--run", run.Folder, "--data", DrawnGalaxies.Folder, "--json");
        if (hasEpoch && evaluated.ExitCode == 0 && double.IsFinite(evaluated.Json.GetProperty("rmse").GetDouble()))
            Count("evaluated");
        else if (!hasEpoch && evaluated is { ExitCode: 1, ErrorLines.Length: 1 })
            Count("refused to evaluate where no epoch was finished");
        else
            Count($"{Faults}: an evaluation said {evaluated.Error}");
    }

    private void Count(string outcome) => outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;

    private static int Setting(string name, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable(name) ?? $"{usual}", CultureInfo.InvariantCulture);
}
