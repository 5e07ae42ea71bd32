using GalaxyNet.Benchmarks;
using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>Every command of the README works as it stands there, on a few drawn galaxies in place of the challenge's.</summary>
[TestFixture]
internal sealed class ReadmeCommandTests
{
    private const string RunTrain = "dotnet run -c Release --project GalaxyNet.Train -- ";
    private const string RunBenchmarks = "dotnet run -c Release --project GalaxyNet.Benchmarks -- ";

    /// <summary>What <c>.ci/run</c> and <c>.ci/samples</c> do, or <see cref="CompletionTests"/> and <see cref="PyTorchThroughputTests"/>.</summary>
    private static readonly string[] RunElsewhere =
    [
        "dotnet test -c Release",
        "dotnet pack -c Release -o artifacts/packages",
        "dotnet tool install -g GalaxyNet.Train --source artifacts/packages",
        "source <(galaxynet completion bash)",
        "python3 GalaxyNet.Benchmarks/PyTorch/attempt4.py --device cpu --batch 64 --steps 10",
        "python3 GalaxyNet.Benchmarks/PyTorch/attempt4.py --device cuda --batch 64 --steps 10",
    ];

    /// <summary>
    /// Less work than the README asks for, and what every machine has: other values after these options, and what to add to some commands.
    /// </summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["--epochs"] = "1",
        ["--galaxies"] = "5",
        ["--batch"] = "2",
        ["--steps"] = "1",
        ["--device"] = "cpu",
    };

    private static readonly Dictionary<string, string[]> Additions = new()
    {
        ["demo"] = ["--galaxies", "5", "--epochs", "1"],
        ["compare"] = ["--attempts", "1"],
        ["kernels"] = ["--filter", "sigmoid forward*", "--out", "kernels"],
    };

    [Test]
    public void EveryCommandWorks()
    {
        using var folder = new TemporaryFolder();
        DrawnGalaxies.CopyTo(folder.Path("galaxyzoo"), DrawnGalaxies.Count);
        Directory.CreateDirectory(folder.Path("galaxyzoo", "images_test_rev1"));
        foreach (string picture in Directory.GetFiles(DrawnGalaxies.Pictures).Take(2))
            File.Copy(picture, folder.Path("galaxyzoo", "images_test_rev1", Path.GetFileName(picture)));
        foreach (string line in ReadmePage.ShellLines.Except(RunElsewhere))
        {
            var (exitCode, error) = Run(line, folder);
            Assert.That(exitCode, Is.Zero, $"{line}\n{error}");
        }
        string[] made = ["run4", "submission.csv", "demo/answers.png", "figures", "comparison"];
        Assert.That(made.Where(name => !Path.Exists(folder.Path(name))), Is.Empty, "what the commands should have written");
    }

    private static (int ExitCode, string Error) Run(string line, TemporaryFolder folder)
    {
        var error = new StringWriter();
        if (line.StartsWith(RunTrain, StringComparison.Ordinal))
            return (TrainProgram.Run(Arguments(line[RunTrain.Length..], folder), TextWriter.Null, error), error.ToString());
        Assert.That(line, Does.StartWith(RunBenchmarks), "a command of the README that no test runs");
        return (BenchmarkProgram.Run(Arguments(line[RunBenchmarks.Length..], folder), TextWriter.Null, error), error.ToString());
    }

    private static string[] Arguments(string text, TemporaryFolder folder)
    {
        string[] words = text.Split(' ');
        string[] more = Additions.GetValueOrDefault(words[0], []);
        words = [.. words, .. more.Chunk(2).Where(pair => !words.Contains(pair[0])).SelectMany(pair => pair)];
        return [.. words.Select((word, i) =>
            i > 0 && Values.TryGetValue(words[i - 1], out string? value) ? value
            : i > 0 && IsFile(words[i - 1]) ? folder.Path(word.Split('/'))
            : word)];
    }

    private static bool IsFile(string option) => option is "--data" or "--out" or "--run" or "--images" or "--figure";
}
