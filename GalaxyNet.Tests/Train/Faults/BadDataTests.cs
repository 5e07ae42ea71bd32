using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>Bad rows and images: all are named at once, and can be left out.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BadDataTests : IDisposable
{
    private const int UserError = 1;
    private const int Galaxies = 10;
    private const int BadOnes = 4;

    private readonly TemporaryFolder folder = new();

    public BadDataTests()
    {
        DrawnGalaxies.CopyTo(Data, Galaxies);
        File.WriteAllText(ImagePath(1), "no image");
        File.WriteAllBytes(ImagePath(2), File.ReadAllBytes(ImagePath(2))[..2000]);
        File.Delete(ImagePath(3));
        ChangeLine(5, line => line.Replace(",", ",many", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    [TestCase("train")]
    [TestCase("preprocess")]
    [TestCase("baseline")]
    [TestCase("explore")]
    [TestCase("compare")]
    public void RowsAndImagesAreNamedTogether(string command)
    {
        string[] output = command == "baseline" ? [] : ["--out", folder.Path("out")];
        var run = ProgramRun.Of([command, "--data", Data, .. output]);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(UserError));
            Assert.That(run.ErrorLines[^(BadOnes + 2)], Is.EqualTo($"{BadOnes} problems"));
            Assert.That(run.ErrorLines[^1], Is.EqualTo("--skip-bad goes on without them"));
            Assert.That(run.Error, Does.Contain($"{ImagePath(1)}: is neither a JPEG nor a PNG"));
            Assert.That(run.Error, Does.Contain($"{ImagePath(2)}: is a truncated image"));
            Assert.That(run.Error, Does.Contain($"has no image {Id(3)}.jpg"));
            Assert.That(run.Error, Does.Contain("training_solutions_rev1.csv: line 5: Class1.1 'many"));
        });
    }

    [Test]
    public void TrainingGoesOnWithoutThemAndKeepsTheirNames()
    {
        string run = folder.Path("run");
        string[] train =
        [
            "train", "--data", Data, "--out", run, "--attempt", "1", "--batch-size", "2", "--test-fraction", "0.2",
            "--device", "cpu",
        ];
        var trained = ProgramRun.Good([.. train, "--epochs", "1", "--skip-bad", "--json"]);
        Assert.That(trained.Json.GetProperty("train_images").GetInt32(), Is.EqualTo(4));
        Assert.That(trained.Json.GetProperty("test_images").GetInt32(), Is.EqualTo(2));
        Assert.That(trained.Error, Does.Contain($"left out: {BadOnes} bad rows and images"));
        string[] skipped = File.ReadAllLines(Path.Combine(run, "skipped.txt"));
        Assert.That(skipped, Has.Length.EqualTo(1 + BadOnes));
        Assert.That(skipped, Has.Some.StartsWith(ImagePath(2)));

        ProgramRun.Good([.. train, "--epochs", "2", "--skip-bad", "--resume"]);
        string[] evaluate = ["evaluate", "--run", run, "--data", Data, "--subset", "test"];
        Assert.That(ProgramRun.Good([.. evaluate, "--skip-bad"]).Output, Does.Contain("over the 2 test galaxies"));
        Assert.That(File.ReadAllLines(Path.Combine(run, "evaluate-skipped.txt")), Is.EqualTo(skipped));
        Assert.That(ProgramRun.Of(evaluate).ExitCode, Is.EqualTo(UserError));
    }

    [Test, Exhaustive]
    public void APredictionForABadImageIsTheMean()
    {
        string run = folder.Path("run");
        ProgramRun.Good("train", "--data", DrawnGalaxies.Folder, "--out", run, "--attempt", "1", "--epochs", "1");
        string images = Path.GetDirectoryName(ImagePath(1))!;
        string predictions = folder.Path("answers.csv");
        string[] predict = ["predict", "--run", run, "--images", images, "--out", predictions];
        Assert.That(ProgramRun.Of(predict).ExitCode, Is.EqualTo(UserError));
        Assert.That(File.Exists(predictions), Is.False);
        ProgramRun.Good([.. predict, "--skip-bad"]);
        string[] rows = [.. File.ReadLines(predictions).Skip(1).Select(line => line[line.IndexOf(',')..])];
        Assert.That(rows, Has.Length.EqualTo(Galaxies - 1));
        Assert.That(rows[0], Is.EqualTo(rows[1]), "The means, for both bad images.");
        Assert.That(rows[2], Is.Not.EqualTo(rows[1]));
        Assert.That(
            File.ReadAllLines(folder.Path("answers.skipped.txt")),
            Has.Length.EqualTo(1 + 2).And.Some.StartsWith(ImagePath(2)));
    }

    [TestCase("preprocess")]
    [TestCase("explore", Category = ExhaustiveAttribute.Name)]
    public void WhatIsLeftOutIsRecorded(string command)
    {
        ProgramRun.Good(command, "--data", Data, "--out", folder.Path("out"), "--skip-bad");
        string[] skipped = File.ReadAllLines(folder.Path("out", "skipped.txt"));
        Assert.That(skipped, Has.Length.EqualTo(1 + BadOnes).And.Some.StartsWith(ImagePath(1)));
    }

    [Test]
    public void BaselinesAndAttemptsGoOnWithoutThem()
    {
        var baseline = ProgramRun.Good("baseline", "--data", Data, "--skip-bad", "--json");
        Assert.That(baseline.Error, Does.Contain($"left out: {BadOnes} bad rows and images").And.Contain(ImagePath(1)));
        Assert.That(baseline.Json.GetProperty("train_images").GetInt32(), Is.EqualTo(4));
        string output = folder.Path("comparison");
        ProgramRun.Good(
            "compare", "--data", Data, "--out", output, "--attempts", "1", "--epochs", "1", "--device", "cpu",
            "--skip-bad");
        string list = Path.Combine(output, "attempt1", "skipped.txt");
        Assert.That(File.ReadAllLines(list), Has.Length.EqualTo(1 + BadOnes));
    }

    [Test]
    public void WhereAllAreBadNothingIsSkipped()
    {
        foreach (int galaxy in Enumerable.Range(1, Galaxies))
            File.WriteAllText(ImagePath(galaxy), "no image");
        var run = ProgramRun.Of("train", "--data", Data, "--out", folder.Path("run"), "--skip-bad");
        Assert.That(run.ExitCode, Is.EqualTo(UserError));
        Assert.That(run.ErrorLines[0], Does.EndWith("problems"));
    }

    /// <summary>An id becomes the name of a file, which must not lie anywhere else.</summary>
    [Test]
    public void NothingIsWrittenOutsideTheOutputFolder()
    {
        string[] ids = ["../../x", "/tmp/x", "..\\x", "1\0", "x/../../../y"];
        foreach (var (i, id) in ids.Index())
            ChangeLine(6 + i, text => id + text[text.IndexOf(',', StringComparison.Ordinal)..]);
        foreach (string name in new[] { "..jpg", "...jpg", "-1.jpg", "007.jpg", "..%2fx.png", "a\nb.jpg" })
            File.Copy(ImagePath(4 + 6), Path.Combine(Path.GetDirectoryName(ImagePath(1))!, name));
        string output = folder.Path("deep", "down", "out");
        ProgramRun.Good("preprocess", "--data", Data, "--out", output, "--skip-bad");
        Assert.That(
            Directory.GetFiles(folder.Path("deep"), "*", SearchOption.AllDirectories),
            Is.EquivalentTo((string[])[Path.Combine(output, $"{Id(10)}.png"), Path.Combine(output, "skipped.txt")]));
        Assert.That(
            Directory.GetFileSystemEntries(folder.Root), Is.EquivalentTo((string[])[Data, folder.Path("deep")]));
    }

    [Test]
    public void RowsThatBreakTheDecisionTreeAreReportedAndUsed()
    {
        using var sound = new TemporaryFolder();
        DrawnGalaxies.CopyTo(sound.Root, Galaxies);
        string[] arguments = ["--attempt", "1", "--epochs", "1", "--device", "cpu"];
        var quiet = ProgramRun.Good(["train", "--data", sound.Root, "--out", folder.Path("sound"), .. arguments]);
        Assert.That(quiet.Error, Does.Not.Contain("decision tree"));

        string labels = GalaxyFolder.LabelsPath(sound.Root);
        string[] lines = File.ReadAllLines(labels);
        string[] fields = lines[2].Split(',');
        int notOdd = 1 + DecisionTree.IndexOf("Class6.2");
        fields[notOdd] = double.Parse(fields[notOdd], CultureInfo.InvariantCulture) > 0.5 ? "0" : "1";
        lines[2] = string.Join(',', fields);
        File.WriteAllLines(labels, lines);
        var told = ProgramRun.Good(["train", "--data", sound.Root, "--out", folder.Path("broken"), .. arguments]);
        Assert.That(
            told.ErrorLines[0],
            Does.StartWith($"{labels}: rows that break the decision tree by more than 0.01, used as they are: 1;")
                .And.Contain("the worst is line 3,")
                .And.Contain("the answers to question 6 add up to").And.Contain("instead of 1"));
    }

    private string Data => folder.Path("data");

    private static long Id(int galaxy) => DrawnGalaxies.FirstId + galaxy - 1;

    private string ImagePath(int galaxy) => GalaxyFolder.ImagePath(Data, Id(galaxy));

    private void ChangeLine(int line, Func<string, string> change)
    {
        string path = GalaxyFolder.LabelsPath(Data);
        string[] lines = File.ReadAllLines(path);
        lines[line - 1] = change(lines[line - 1]);
        File.WriteAllLines(path, lines);
    }
}
