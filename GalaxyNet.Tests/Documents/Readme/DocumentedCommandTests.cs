using System.Diagnostics;
using System.Text.RegularExpressions;
using GalaxyNet.Benchmarks;
using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>
/// Every line that a document tells its reader to type works: those of the two programs on a few drawn galaxies in place of the challenge's,
/// the others as they stand there, here or in the continuous integration.
/// </summary>
[TestFixture]
internal sealed partial class DocumentedCommandTests
{
    private const string RunTrain = "dotnet run -c Release --project GalaxyNet.Train -- ";
    private const string RunTool = "galaxynet ";
    private const string RunBenchmarks = "dotnet run -c Release --project GalaxyNet.Benchmarks -- ";
    private const string RunPython = "python3 ";

    /// <summary>Less work than the documents ask for, and a device that every machine has: other values after these options.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["--epochs"] = "1",
        ["--galaxies"] = "5",
        ["--batch"] = "2",
        ["--steps"] = "1",
        ["--device"] = "cpu",
    };

    /// <summary>What is added to some commands for the same end.</summary>
    private static readonly Dictionary<string, string[]> Additions = new()
    {
        ["demo"] = ["--galaxies", "5", "--epochs", "1"],
        ["compare"] = ["--attempts", "1"],
        ["kernels"] = ["--filter", "sigmoid forward*", "--out", "kernels"],
    };

    /// <summary>Commands that shall end with 1.</summary>
    private const string FailsOnPurpose = "--break";

    private static IEnumerable<string> Pages => MarkdownPage.All.Where(page => MarkdownPage.ShellLines(page).Any());

    private static IEnumerable<string> PythonLines =>
        MarkdownPage.All.SelectMany(MarkdownPage.ShellLines).Where(line => line.StartsWith(RunPython, StringComparison.Ordinal)).Distinct();

    [TestCaseSource(nameof(Pages))]
    public void EveryCommandWorks(string page)
    {
        using var folder = new TemporaryFolder();
        DrawnGalaxies.CopyTo(folder.Path("galaxyzoo"), DrawnGalaxies.Count);
        Directory.CreateDirectory(folder.Path("galaxyzoo", "images_test_rev1"));
        foreach (string image in Directory.GetFiles(DrawnGalaxies.Images).Take(2))
            File.Copy(image, folder.Path("galaxyzoo", "images_test_rev1", Path.GetFileName(image)));
        foreach (string line in MarkdownPage.ShellLines(page))
            Check(line, folder);
        if (page == MarkdownPage.Readme)
        {
            string[] made = ["run4", "submission.csv", "demo/answers.png", "figures", "comparison"];
            Assert.That(made.Where(name => !Path.Exists(folder.Path(name))), Is.Empty, "what the commands should have written");
        }
    }

    [TestCaseSource(nameof(PythonLines))]
    public void APythonCommandWorks(string line)
    {
        string[] words = Shortened(line.Split(' ')[1..]);
        if (line.Contains("--device cuda", StringComparison.Ordinal))
        {
            Python.RequireCuda();
            words = [.. words.Select((word, i) => i > 0 && words[i - 1] == "--device" ? "cuda" : word)];
        }
        Python.Run(Repository.Path(words[0].Split('/')), words[1..]);
    }

    private static void Check(string line, TemporaryFolder folder)
    {
        if (line.StartsWith(RunTrain, StringComparison.Ordinal))
            Check(line, line[RunTrain.Length..], folder, (words, error) => TrainProgram.Run(words, TextWriter.Null, error));
        else if (line.StartsWith(RunTool, StringComparison.Ordinal))
            Check(line, line[RunTool.Length..], folder, (words, error) => TrainProgram.Run(words, TextWriter.Null, error));
        else if (line.StartsWith(RunBenchmarks, StringComparison.Ordinal))
            Check(line, line[RunBenchmarks.Length..], folder, (words, error) => BenchmarkProgram.Run(words, TextWriter.Null, error));
        else if (SomeTests().IsMatch(line))
            Assert.That(TestsChosenBy(line), Is.Not.Empty, $"{line}\nchooses no test");
        else if (!line.StartsWith(RunPython, StringComparison.Ordinal)) // these are tests of their own
            Assert.That(IsOfTheIntegration(line), Is.True, $"{line}\nis run by no test, and stands neither in .ci/run nor in .ci/samples");
    }

    private static void Check(string line, string text, TemporaryFolder folder, Func<string[], TextWriter, int> run)
    {
        var error = new StringWriter();
        int expected = text.Contains(FailsOnPurpose, StringComparison.Ordinal) ? 1 : 0;
        Assert.That(run(Arguments(text, folder), error), Is.EqualTo(expected), $"{line}\n{error}");
    }

    private static string[] Arguments(string text, TemporaryFolder folder)
    {
        string[] words = text.Split(' ');
        string[] more = Additions.GetValueOrDefault(words[0], []);
        words = Shortened([.. words, .. more.Chunk(2).Where(pair => !words.Contains(pair[0])).SelectMany(pair => pair)]);
        return [.. words.Select((word, i) => i > 0 && IsFile(words[i - 1]) ? folder.Path(word.Split('/')) : word)];
    }

    private static string[] Shortened(string[] words) =>
        [.. words.Select((word, i) => i > 0 && Values.TryGetValue(words[i - 1], out string? value) ? value : word)];

    private static bool IsFile(string option) => option is "--data" or "--out" or "--run" or "--images" or "--figure";

    /// <summary>The names of the tests that a <c>dotnet test</c> with a filter runs. It only lists them: they are running already.</summary>
    private static string[] TestsChosenBy(string line)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The line is for a shell of Unix.");
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"{line} --no-build --list-tests"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Path(),
        })!;
        string[] lines = shell.StandardOutput.ReadToEnd().Split('\n');
        shell.WaitForExit();
        Assert.That(shell.ExitCode, Is.Zero, line);
        return [.. lines.Where(each => each.StartsWith("    ", StringComparison.Ordinal))];
    }

    private static bool IsOfTheIntegration(string line) =>
        LinesOfIntegration.Any(each => each == line || each.StartsWith(line + ' ', StringComparison.Ordinal));

    /// <summary>The lines of the scripts that <c>.ci/run</c> runs, those that go on over several joined.</summary>
    private static IEnumerable<string> LinesOfIntegration =>
        ((string[])["run", "samples"]).SelectMany(name =>
            Continuation().Replace(File.ReadAllText(Repository.Path(".ci", name)), " ").Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^([A-Z_]+=[^ ]+ )?dotnet test -c Release --filter ")]
    private static partial Regex SomeTests();

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continuation();
}
