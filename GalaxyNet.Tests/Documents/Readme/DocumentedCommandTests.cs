using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework.Interfaces;

namespace GalaxyNet.Tests;

/// <summary>
/// Every command in the documents works: those of the three programs run here on a few drawn galaxies in place of the
/// challenge's, the others run unchanged, here or in the continuous integration.
/// </summary>
[TestFixture]
internal sealed partial class DocumentedCommandTests
{
    private const string RunPython = "python3 ";

    /// <summary>Scripts that a test of their own runs; here they only show their help.</summary>
    private const string GpuMachine = "GalaxyNet.Benchmarks/GpuMachine/";

    /// <summary>The three programs, by what stands before their arguments.</summary>
    private static readonly Dictionary<string, Func<string[], ProgramRun>> Programs = new()
    {
        ["dotnet run -c Release --project GalaxyNet.Train -- "] = ProgramRun.Of,
        ["galaxynet "] = ProgramRun.Of,
        ["dotnet run -c Release --project GalaxyNet.Benchmarks -- "] = BenchmarkCommand.RunAlone,
        ["dotnet run --project exercises -- "] = ExerciseCommand.Run,
    };

    /// <summary>Values that replace those of the documents: less work, and a device that every machine has.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["--epochs"] = "1",
        ["--galaxies"] = "5",
        ["--validation-fraction"] = "0.2", // of 5 galaxies one
        ["--batch"] = "2",
        ["--steps"] = "1",
        ["--device"] = "cpu",
    };

    /// <summary>Options added to some commands, also to make less work.</summary>
    private static readonly Dictionary<string, string[]> Additions = new()
    {
        ["demo"] = ["--galaxies", "5", "--epochs", "1"],
        ["train"] = ["--epochs", "1"],
        ["compare"] = ["--attempts", "1"],
        ["kernels"] = ["--filter", "sigmoid forward*", "--out", "kernels"],
    };

    private static IEnumerable<TestCaseData> Pages() =>
        from page in MarkdownPage.All
        where MarkdownPage.ShellLines(page).Any()
        select new TestCaseData(page).InDefaultTier(page == "README.md");

    private static IEnumerable<string> PythonLines =>
        MarkdownPage.All.SelectMany(MarkdownPage.ShellLines)
            .Where(line => line.StartsWith(RunPython, StringComparison.Ordinal)).Distinct();

    [TestCaseSource(nameof(Pages))]
    public void EveryCommandWorks(string page)
    {
        using var folder = new TemporaryFolder();
        DrawnGalaxies.CopyTo(folder.Path("galaxyzoo"), DrawnGalaxies.Count);
        Directory.CreateDirectory(folder.Path("galaxyzoo", "images_test_rev1"));
        foreach (string image in Directory.GetFiles(DrawnGalaxies.Images).Take(2))
            File.Copy(image, folder.Path("galaxyzoo", "images_test_rev1", Path.GetFileName(image)));
        File.WriteAllText(folder.Path("validation.txt"), $"{DrawnGalaxies.FirstId}\n");
        foreach (string line in MarkdownPage.ShellLines(page))
            Check(line, folder);
        if (page == "docs/accuracy.md")
            Assert.That(folder.Path("demo", "answers.png"), Does.Exist, "the figure of the README");
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
        if (Programs.Keys.FirstOrDefault(each => line.StartsWith(each, StringComparison.Ordinal)) is { } start)
            Run(line, start, folder);
        else if (TestsOfOneName().Match(line) is { Success: true } name)
            Assert.That(TestNames, Has.Some.Contains(name.Groups["name"].Value), $"{line}\nchooses no test");
        else if (SomeTests().IsMatch(line))
            Assert.That(TestsChosenBy(line), Is.Not.Empty, $"{line}\nchooses no test");
        else if (line.StartsWith(GpuMachine, StringComparison.Ordinal))
            Assert.That(Shell($"{line} --help"), Does.StartWith($"usage: {line}"));
        else if (!line.StartsWith(RunPython, StringComparison.Ordinal)) // these are tests of their own
            Assert.That(IsOfTheIntegration(line), $"{line}\nis run by no test, nor in .ci");
    }

    private static void Run(string line, string start, TemporaryFolder folder)
    {
        string[] words = Arguments(line[start.Length..], folder);
        int expected = FailsOnPurpose(words) ? 1 : 0;
        var run = Programs[start](words);
        Assert.That(run.ExitCode, Is.EqualTo(expected), $"{line}\n{run.Error}");
        var written = words.Where((_, i) => i > 0 && IsWritten(words[i - 1]));
        Assert.That(written.Where(path => !Path.Exists(path)), Is.Empty, $"{line}\nshould have written these");
    }

    /// <summary>A mistake that is put in, and not only listed, and an exercise that nobody has solved yet.</summary>
    private static bool FailsOnPurpose(string[] words) => words[0] == "check"
        ? !words.Contains("--solution")
        : words.Contains("--break") && !words.Contains("list");

    private static string[] Arguments(string text, TemporaryFolder folder)
    {
        string[] words = text.Split(' ');
        string[] more = Additions.GetValueOrDefault(words[0], []);
        var missing = more.Chunk(2).Where(pair => !words.Contains(pair[0]));
        words = Shortened([.. words, .. missing.SelectMany(pair => pair)]);
        return [.. words.Select((word, i) => i > 0 && IsFile(words[i - 1]) ? folder.Path(word.Split('/')) : word)];
    }

    private static string[] Shortened(string[] words) =>
        [.. words.Select((word, i) => i > 0 && Values.TryGetValue(words[i - 1], out string? value) ? value : word)];

    private static bool IsFile(string option) =>
        IsWritten(option) || option is "--data" or "--run" or "--images" or "--validation-ids" or "--from";

    private static bool IsWritten(string option) => option is "--out" or "--figure" or "--explain";

    /// <summary>The full names of all tests: to ask <c>dotnet test</c> takes seconds a line.</summary>
    private static IEnumerable<string> TestNames =>
        from type in typeof(DocumentedCommandTests).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttributes().Any(each => each is ITestBuilder or ISimpleTestBuilder)
        select $"{type.FullName}.{method.Name}";

    /// <summary>The tests that a <c>dotnet test</c> with a filter runs. It only lists them: they run already.</summary>
    private static string[] TestsChosenBy(string line)
    {
        string[] lines = Shell($"{line} --no-build --list-tests").Split('\n');
        return [.. lines.Where(each => each.StartsWith("    ", StringComparison.Ordinal))];
    }

    /// <summary>What a line prints in a shell in the repository's root.</summary>
    private static string Shell(string line)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The line is for a shell of Unix.");
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", line])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Path(),
        })!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.That(shell.ExitCode, Is.Zero, line);
        return output;
    }

    private static bool IsOfTheIntegration(string line) =>
        LinesOfIntegration.Any(each => each == line || each.StartsWith(line + ' ', StringComparison.Ordinal));

    /// <summary>The lines of the scripts that <c>.ci/run</c> runs, with continued lines joined.</summary>
    private static IEnumerable<string> LinesOfIntegration =>
        from name in (string[])["run", "samples", "one-file"]
        from line in Continuation().Replace(File.ReadAllText(Repository.Path(".ci", name)), " ").Split('\n')
        select line.Trim();

    [GeneratedRegex(@"^([A-Z_]+=[^ ]+ )?dotnet test -c Release --filter FullyQualifiedName~(?<name>[\w.]+)$")]
    private static partial Regex TestsOfOneName();

    [GeneratedRegex("^([A-Z_]+=[^ ]+ )?dotnet test -c Release --filter ")]
    private static partial Regex SomeTests();

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continuation();
}
