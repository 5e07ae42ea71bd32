using System.Text.Json;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>Label files with empty cells, from the command line: every command leaves out what is not known.</summary>
[TestFixture]
internal sealed class PartialLabelsTests : IDisposable
{
    private const int NeverAsked = 3; // a question
    private const int UserError = 1;
    private const string Message = "vote fractions are unknown, for their cells are empty";

    private readonly TemporaryFolder folder = new();
    private ProgramRun training = null!;

    private string Data => folder.Path("data");

    private string Run => folder.Path("run");

    /// <summary>Question 3 is known of no galaxy, and another question is not of each galaxy.</summary>
    [OneTimeSetUp]
    public void TrainOnce()
    {
        DrawnGalaxies.CopyTo(Data, DrawnGalaxies.Count);
        string path = GalaxyFolder.LabelsPath(Data);
        string[] lines = File.ReadAllLines(path);
        string[] header = lines[0].Split(',');
        for (int row = 1; row < lines.Length; row++)
        {
            int left = row % DecisionTree.Questions.Count;
            int[] empty = [NeverAsked, DecisionTree.Questions[left].Number];
            var unknown = empty.SelectMany(number => DecisionTree.Questions[number - 1].ClassNames).ToHashSet();
            lines[row] = string.Join(
                ',', lines[row].Split(',').Select((cell, i) => unknown.Contains(header[i]) ? "" : cell));
        }
        File.WriteAllLines(path, lines);
        training = ProgramRun.Good(
            "train", "--data", Data, "--out", Run, "--attempt", "1", "--epochs", "1", "--device", "cpu", "--json");
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void TrainingSaysOnceWhatIsNotKnown()
    {
        Assert.Multiple(() =>
        {
            Assert.That(training.ErrorLines, Has.Exactly(1).Contains(Message).And.Exactly(1).Contains("of 370"));
            Assert.That(training.ErrorLines, Has.Exactly(1).StartsWith("Class3.1, Class3.2: no vote"));
            Assert.That(training.Json.GetProperty("loss").GetDouble(), Is.Positive);
            Assert.That(training.Json.GetProperty("rmse").GetDouble(), Is.InRange(0.05, 1));
            Assert.That(training.Json.GetProperty("mean_guess_rmse").GetDouble(), Is.InRange(0.05, 1));
        });
    }

    [Test]
    public void AScoreIsThatOfTheKnownVotes()
    {
        string figure = folder.Path("answers.png");
        var json = ProgramRun.Good(
            "evaluate", "--run", Run, "--data", Data, "--subset", "all", "--json", "--figure", figure).Json;
        var classes = json.GetProperty("rmse_per_class");
        Assert.That(
            classes.EnumerateObject().Where(each => each.Value.ValueKind == JsonValueKind.Null)
                .Select(each => each.Name),
            Is.EqualTo(DecisionTree.Questions[NeverAsked - 1].ClassNames));
        Assert.That(File.Exists(figure));

        string predictions = folder.Path("predictions.csv");
        ProgramRun.Good("predict", "--run", Run, "--images", DrawnGalaxies.Images, "--out", predictions);
        double expected = Math.Sqrt(Cells(predictions).Zip(Cells(GalaxyFolder.LabelsPath(Data)))
            .Where(pair => pair.Second.Length > 0)
            .Average(pair => Math.Pow(double.Parse(pair.First) - double.Parse(pair.Second), 2)));
        Assert.That(json.GetProperty("rmse").GetDouble(), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void TablesAndThePageHaveADashForWhatIsNotKnown()
    {
        string table = ProgramRun.Good("evaluate", "--run", Run, "--data", Data, "--subset", "all").Output;
        Assert.That(table, Does.Match(@"Class3\.1 +Bar through center +- +-").And.Not.Contain("NaN"));
        string page = File.ReadAllText(Path.Combine(Run, "report.html"));
        Assert.That(page, Does.Not.Contain("NaN").And.Not.Contain("–%"));
        Assert.That(page, Does.Contain("<td>Class3.1 Bar through center</td><td class=\"number\">–</td>"));
        Assert.That(page, Does.Contain("A dash: of these galaxies no vote for that class is known"));
        Assert.That(Regex.Count(page, @"\d\.\d\d / –</text>"), Is.AtLeast(2 * 2), "question 3 in both trees");
    }

    [Test]
    public void WhatTheNetworkSaysOfClassesWithoutVotesIsSaidToMeanNothing()
    {
        const string never = "Of Class3.1, Class3.2 the network was never told a vote";
        Assert.That(training.ErrorLines, Has.Exactly(1).StartsWith(never));
        Assert.That(File.ReadAllText(Path.Combine(Run, "report.html")), Does.Contain(never));
        string page = folder.Path("page.html");
        var predicting = ProgramRun.Good(
            "predict", "--run", Run, "--images", DrawnGalaxies.Images, "--out", folder.Path("page.csv"), "--explain",
            page);
        Assert.That(predicting.ErrorLines, Has.Exactly(1).StartsWith($"run: {never}"));
        Assert.That(File.ReadAllText(page), Does.Contain($"Beware: {never}"));
    }

    [Test]
    public void BaselinesAreFittedToWhatIsKnown()
    {
        var baseline = ProgramRun.Good("baseline", "--data", Data, "--json");
        Assert.That(baseline.ErrorLines, Has.One.Contains(Message));
        foreach (string name in new[] { "center_pixel_rmse", "average_color_rmse", "mean_guess_rmse" })
            Assert.That(baseline.Json.GetProperty(name).GetDouble(), Is.InRange(0.01, 1), name);
    }

    [Test, Exhaustive]
    public void ExplorationLeavesGaps()
    {
        string figures = folder.Path("figures");
        var exploration = ProgramRun.Good("explore", "--data", Data, "--out", figures, "--class", "Class3.1", "--json");
        Assert.That(exploration.ErrorLines, Has.One.Contains(Message));
        var means = exploration.Json.GetProperty("mean_confidence");
        Assert.That(means.GetProperty("Class3.1").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(means.GetProperty("Class1.1").GetDouble(), Is.InRange(0, 1));
        var counts = exploration.Json.GetProperty("count_above_half");
        Assert.That(counts.GetProperty("Class3.1").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(counts.GetProperty("Class1.1").GetInt32(), Is.InRange(0, DrawnGalaxies.Count));
        Assert.That(exploration.Json.GetProperty("above").GetProperty("galaxies").GetInt32(), Is.Zero);
        foreach (string path in Directory.GetFiles(figures, "*.csv"))
            Assert.That(File.ReadAllText(path), Does.Not.Contain("NaN"), path);
        Assert.That(File.ReadAllText(Path.Combine(figures, "mean-confidence.csv")), Does.Contain("No bar,\n"));
        Assert.That(File.ReadAllText(Path.Combine(figures, "top-pictures.csv")), Does.Contain("No bar,,\n"));
        Assert.That(File.Exists(Path.Combine(figures, "top-pictures-raw.png")));
    }

    [Test]
    public void ARowOfWhichNothingIsKnownIsBad()
    {
        string data = folder.Path("bad");
        DrawnGalaxies.CopyTo(data, 3);
        string path = GalaxyFolder.LabelsPath(data);
        string[] lines = File.ReadAllLines(path);
        lines[2] = lines[2].Split(',')[0] + new string(',', DecisionTree.ClassCount);
        File.WriteAllLines(path, lines);
        ProgramRun.Of("train", "--data", data, "--out", folder.Path("none"))
            .AssertRefused(UserError, path, "line 3: all 37 classes are empty");
    }

    /// <summary>Attempt 4 weighs classes by their votes, of which there are none here.</summary>
    [Test]
    public void LabelsOfNothingButZerosTrainWithEvenWeights()
    {
        string data = folder.Path("zeros");
        DrawnGalaxies.CopyTo(data, 2);
        string path = GalaxyFolder.LabelsPath(data);
        string[] lines = File.ReadAllLines(path);
        for (int row = 1; row < lines.Length; row++)
            lines[row] = lines[row].Split(',')[0] + string.Concat(Enumerable.Repeat(",0", DecisionTree.ClassCount));
        File.WriteAllLines(path, lines);
        var run = ProgramRun.Good(
            "train", "--data", data, "--out", folder.Path("zero-run"), "--recipe", "notebook", "--epochs", "1",
            "--device", "cpu", "--json");
        Assert.That(run.ErrorLines, Has.One.Contains("each gets the same weight in the loss, 1/37"));
        Assert.That(run.Json.GetProperty("loss").GetDouble(), Is.Positive);
    }

    /// <summary>All cells of a label file but those of the header and of the ids.</summary>
    private static IEnumerable<string> Cells(string path) =>
        File.ReadLines(path).Skip(1).SelectMany(line => line.Split(',').Skip(1));
}
