namespace GalaxyNet.Tests;

/// <summary>The notebook's figures and tables from the command line.</summary>
[TestFixture]
internal sealed class ExploreTests : IDisposable
{
    private const int UserError = 1;
    private const int UsageError = 2;
    private static readonly string[] WithTable =
    [
        "mean-confidence", "count-above-half", "terminal-classes", "odd-or-not", "correlation",
        "correlation-of-correlations", "question-correlations",
    ];
    private static readonly string[] Figures =
        [.. WithTable, "top-pictures-raw", "top-pictures-gray", "top-pictures-colour", "average-picture"];

    private readonly TemporaryFolder folder = new();
    private readonly Labels labels = Labels.Load(GalaxyFolder.LabelsPath(DrawnGalaxies.Folder));
    private ProgramRun exploration = null!;

    [OneTimeSetUp]
    public void ExploreOnce() => exploration = Explore("figures", "--class", "Class1.1", "--threshold", "0.3");

    public void Dispose() => folder.Dispose();

    [TestCaseSource(nameof(Figures))]
    public void EveryFigureIsAImageWithSomethingOnIt(string name)
    {
        var figure = ImageFile.Read(folder.Path("figures", $"{name}.png"));
        Assert.That(figure.Width, Is.AtLeast(800));
        Assert.That(figure.Pixels.Distinct().Count(), Is.GreaterThan(20));
    }

    [Test]
    public void EveryFigureOfNumbersHasItsTable()
    {
        string[] tables = [.. WithTable, "top-pictures", "Class1.1-above-0.3"];
        Assert.That(
            Directory.GetFiles(folder.Path("figures"), "*.csv").Select(Path.GetFileNameWithoutExtension),
            Is.EquivalentTo(tables));
    }

    [Test]
    public void MeansAndCountsAreThoseOfTheLabels()
    {
        string[][] means = Table("mean-confidence");
        string[][] counts = Table("count-above-half");
        for (int i = 0; i < DecisionTree.ClassCount; i++)
        {
            double[] votes = [.. Enumerable.Range(0, DrawnGalaxies.Count).Select(galaxy => (double)labels[galaxy][i])];
            Assert.That(means[i][..2], Is.EqualTo([DecisionTree.ClassNames[i], DecisionTree.AnswerNames[i]]));
            Assert.That(double.Parse(means[i][2]), Is.EqualTo(votes.Average()).Within(1e-9));
            Assert.That(int.Parse(counts[i][2]), Is.EqualTo(votes.Count(vote => vote > 0.5)));
        }
    }

    [Test, Exhaustive]
    public void TheResultIsOneJsonObjectIfAskedFor()
    {
        var json = Explore("json", "--class", "Class1.1", "--threshold", "0.3", "--json").Json;
        Assert.That(json.GetProperty("galaxies").GetInt32(), Is.EqualTo(DrawnGalaxies.Count));
        Assert.That(
            json.GetProperty("mean_confidence").EnumerateObject().Select(mean => (mean.Name, mean.Value.GetDouble())),
            Is.EqualTo(Table("mean-confidence").Select(row => (row[0], double.Parse(row[2])))));
        Assert.That(
            json.GetProperty("count_above_half").EnumerateObject()
                .Select(count => (count.Name, count.Value.GetInt32())),
            Is.EqualTo(Table("count-above-half").Select(row => (row[0], int.Parse(row[2])))));
        string path = json.GetProperty("above").GetProperty("path").GetString()!;
        Assert.That(
            File.ReadLines(path).Count(), Is.EqualTo(1 + json.GetProperty("above").GetProperty("galaxies").GetInt32()));
    }

    [Test]
    public void TerminalClassesAreTheNotebooks() => Assert.That(
        Table("terminal-classes").Select(row => row[0]["Class".Length..]),
        Is.EqualTo(["1.3", "6.2", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7"]));

    [Test]
    public void OddAndNotOddAreAllThereIs() =>
        Assert.That(Table("odd-or-not").Sum(row => double.Parse(row[3])), Is.EqualTo(100).Within(1e-9));

    [Test]
    public void TheCorrelationOfAClassWithItselfIsOneOrNothing()
    {
        string[][] rows = Table("correlation");
        Assert.That(rows.Select((row, i) => row[i + 2]).Distinct(), Is.SubsetOf(["1", ""]).And.Member("1"));
        Assert.That(Table("question-correlations"), Has.Length.EqualTo(153));
    }

    [Test]
    public void RowsAboveTheThresholdAreALabelFile()
    {
        var rows = Labels.Load(folder.Path("figures", "Class1.1-above-0.3.csv"));
        Assert.That(rows.Ids, Is.EqualTo(labels.Ids.Where((_, i) => labels[i][0] > 0.3f)).And.Not.Empty);
        Assert.That(exploration.Output, Does.Contain($"Class1.1-above-0.3.csv: {rows.Ids.Count} galaxies"));
    }

    [Test]
    public void TheTopImagesAreTheMostCertainOnes()
    {
        string[][] rows = Table("top-pictures");
        for (int i = 0; i < rows.Length; i++)
        {
            float highest = Enumerable.Range(0, DrawnGalaxies.Count).Max(galaxy => labels[galaxy][i]);
            int galaxy = labels.Ids.ToList().IndexOf(long.Parse(rows[i][2]));
            Assert.That(labels[galaxy][i], Is.EqualTo(highest));
            Assert.That(float.Parse(rows[i][3]), Is.EqualTo(highest));
        }
    }

    [Test]
    public void WhatTheNotebookPrintsIsPrinted() => Assert.That(
        exploration.Output,
        Does.Contain("10 galaxies").And.Contain("Merger (Oddity)").And.Contain("Odd: ").And.Contain("not odd: "));

    [Test]
    public void ADarkTopImageLeavesItsPlaceEmpty()
    {
        using var few = new TemporaryFolder();
        DrawnGalaxies.CopyTo(few.Root, 2);
        for (int i = 0; i < 2; i++)
            ImageFile.WriteJpeg(GalaxyFolder.ImagePath(few.Root, DrawnGalaxies.FirstId + i), new Image(60, 60, 3), 90);
        ProgramRun.Good("explore", "--data", few.Root, "--out", folder.Path("dark"));
        Assert.That(File.Exists(folder.Path("dark", "top-pictures-gray.png")));
    }

    [Test]
    public void AFolderThatCannotBeWrittenIsNamed()
    {
        string file = folder.Write("file", "");
        ProgramRun.Of("explore", "--data", DrawnGalaxies.Folder, "--out", file).AssertRefused(UserError, file);
    }

    [TestCase("--class", "Class12.1")]
    [TestCase("--threshold", "1")]
    public void AValueThatAnOptionDoesNotTake(string option, string value) =>
        ProgramRun.Of("explore", "--data", DrawnGalaxies.Folder, "--out", folder.Path("none"), option, value)
            .AssertRefused(UsageError, option, value);

    private ProgramRun Explore(string output, params string[] more) =>
        ProgramRun.Good(["explore", "--data", DrawnGalaxies.Folder, "--out", folder.Path(output), .. more]);

    private string[][] Table(string name) =>
        [.. File.ReadLines(folder.Path("figures", $"{name}.csv")).Skip(1).Select(line => line.Split(','))];
}
