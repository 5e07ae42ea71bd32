using System.Xml;
using System.Xml.Linq;

namespace GalaxyNet.Tests;

/// <summary>Runs whose predictions are averaged: two with the same crop, and one with another.</summary>
[TestFixture]
internal sealed class EnsembleTests : IDisposable
{
    private const int UserError = 1;

    private readonly TemporaryFolder folder = new();

    private string First => folder.Path("first");

    private string Second => folder.Path("second");

    private string Wide => folder.Path("wide");

    [OneTimeSetUp]
    public void Train()
    {
        TrainInto(First, "1", "--seed", "1");
        TrainInto(Second, "1", "--seed", "2", "--split-seed", "1");
        TrainInto(Wide, "4", "--seed", "1");
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void TheMeanOfTwoRunsIsTheMeanOfTheirPredictions()
    {
        float[] first = Predict("1.csv", First), wide = Predict("2.csv", Wide);
        Assert.That(first, Is.Not.EqualTo(wide).Within(0.01f));
        Assert.That(
            Predict("both.csv", First, Wide),
            Is.EqualTo(first.Zip(wide, (a, b) => (a + b) / 2)).Within(1.5e-6f), "of six decimals");
    }

    [Test]
    public void EvaluationScoresTheMean()
    {
        float[] predictions = Predict("mean.csv", First, Wide);
        var labels = Labels.Load(GalaxyFolder.LabelsPath(DrawnGalaxies.Folder));
        var json = Evaluate("--run", First, "--run", Wide, "--subset", "all", "--json").Json;
        Assert.That(
            json.GetProperty("rmse").GetDouble(),
            Is.EqualTo(new Score(predictions, labels.Fractions).Rmse).Within(1e-5));
        Assert.That(json.GetProperty("scored").GetString(), Is.EqualTo("all"));
    }

    [Test]
    public void TheTestPartIsScoredWhereTheDataIsThatOfTheRuns()
    {
        using var fewer = new TemporaryFolder();
        DrawnGalaxies.CopyTo(fewer.Root, 3);
        Assert.Multiple(() =>
        {
            Assert.That(Evaluate("--run", First).Output, Does.Contain(" over the 2 test galaxies (always guessing"));
            Assert.That(
                Evaluate("--run", First, "--run", Second).Output, Does.Contain(" over the 2 test galaxies (always"));
            Assert.That(
                Evaluate("--run", First, "--subset", "all").Output,
                Does.Contain(" over all 10 galaxies, of which 8 were trained on (always"));
            Assert.That(
                ProgramRun.Good("evaluate", "--run", First, "--data", fewer.Root).Output,
                Does.Contain(" over all 3 galaxies (always"));
            Assert.That(
                Evaluate("--run", First, "--json").Json.GetProperty("scored").GetString(), Is.EqualTo("test"));
        });
    }

    /// <summary>First kept galaxies 3 and 10 of the drawn ones.</summary>
    [TestCase("2", 10, "all", " over all 10 galaxies, of which 10 were trained on (", Description = "keeps 2 and 5")]
    [TestCase("5", 0, "test", " over the 1 test galaxies (", Description = "keeps 6 and 10")]
    public void RunsThatKeptOtherGalaxiesAreScoredOnWhatNoneHasSeen(
        string seed, int trainedOn, string part, string said)
    {
        string run = folder.Path($"split-{seed}");
        TrainInto(run, "1", "--seed", seed);
        var json = Evaluate("--run", First, "--run", run, "--json").Json;
        Assert.That(json.GetProperty("scored").GetString(), Is.EqualTo(part));
        Assert.That(json.GetProperty("trained_on").GetInt32(), Is.EqualTo(trainedOn));
        Assert.That(Evaluate("--run", First, "--run", run).Output, Does.Contain(said));
    }

    [Test]
    public void ARunGivenTwiceIsRefused()
    {
        string link = folder.Path("link");
        Directory.CreateSymbolicLink(link, First);
        foreach (string again in new[] { First, First + Path.DirectorySeparatorChar, link })
            ProgramRun.Of(
                "predict", "--run", First, "--run", again, "--images", DrawnGalaxies.Images, "--out",
                folder.Path("twice.csv")).AssertRefused(UserError, First, "is given twice");
        Assert.That(File.Exists(folder.Path("twice.csv")), Is.False);
    }

    [Test]
    public void WithoutValidationThereIsNoBestEpoch()
    {
        string table = folder.Path("no-best.csv");
        ProgramRun.Of(
            "predict", "--run", First, "--images", DrawnGalaxies.Images, "--out", table, "--checkpoint", "best")
            .AssertRefused(UserError, First, "has no best epoch", "leave out --checkpoint best");
        ProgramRun.Of("evaluate", "--run", First, "--data", DrawnGalaxies.Folder, "--checkpoint", "best")
            .AssertRefused(UserError, First, "has no best epoch");
        Assert.That(File.Exists(table), Is.False);
    }

    [Test, Exhaustive]
    public void ThePageOfRunsThatSeeTheSameTellsWhereTheyLookedTogether()
    {
        var page = Explain("same", 2 * 10 * (16 + 226), [First, Second]);
        string text = Text(page);
        Assert.Multiple(() =>
        {
            Assert.That(page.Descendants("h1").Single().Value, Is.EqualTo("What first and second say of 10 images"));
            Assert.That(text, Does.Contain("second is attempt 1, 1 epoch on 8 galaxies: RMSE 0."));
            Assert.That(text, Does.Contain("over 32 predictions").And.Contain("by the mean of the 2 runs"));
            Assert.That(text, Does.Contain("Where the networks looked").And.Contain("those of the mean of all"));
            Assert.That(text, Does.Match(@"\d+ of 32").And.Contain("what the network gets"));
        });
    }

    [Test, Exhaustive]
    public void ThePageOfRunsWithOtherCropsTellsWhereTheFirstLooked()
    {
        using var images = new TemporaryFolder();
        File.Copy(GalaxyFolder.ImagePath(DrawnGalaxies.Folder, DrawnGalaxies.FirstId), images.Path("a.jpg"));
        ImageFile.WritePng(images.Path("faint.png"), Square(level: 18)); // between the thresholds of the two crops
        var page = Explain("differ", (3 * 16) + (2 * 226), [First, Wide], images.Root);
        string text = Text(page);
        XElement[] cards = [.. page.Descendants("section")];
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("Where first looked").And.Contain("only first was asked"));
            Assert.That(
                cards[0].Value, Does.Contain("what first gets").And.Contain(" of 32").And.Not.Contain("without"));
            Assert.That(cards[1].Value, Does.Contain("what wide gets").And.Contain(" of 16"));
            Assert.That(cards[1].Value, Does.Contain("without first, for which the image is dark"));
        });
        Assert.That(
            PredictFor(images.Path("faint.png"), "faint.csv", [First, Wide]),
            Is.EqualTo(PredictFor(images.Path("faint.png"), "wide.csv", [Wide])), "the only run that sees it");
    }

    [Test, Exhaustive]
    public void ThePageOfTheBestEpochHasItsScore()
    {
        string run = folder.Path("best");
        TrainInto(run, "1", "--epochs", "2", "--validation-fraction", "0.25");
        var page = Explain("best", 10 * (16 + 226), [run], DrawnGalaxies.Images, "--checkpoint", "best");
        Assert.That(
            Text(page),
            Does.Match(@"2 epochs on 6 galaxies, of which epoch [12] was the best and is used: RMSE 0\.\d+ over its "
                + "validation galaxies"));
        Assert.That(
            File.ReadAllText(Path.Combine(run, "report.html")),
            Does.Contain("RMSE of the validation galaxies, by epoch"));
    }

    private static Image Square(byte level)
    {
        var image = new Image(80, 80, 3);
        for (int row = 25; row < 55; row++)
            image.Row(row)[75..165].Fill(level);
        return image;
    }

    private static void TrainInto(string run, string attempt, params string[] more) => ProgramRun.Good(
    [
        "train", "--data", DrawnGalaxies.Folder, "--out", run, "--attempt", attempt, "--recipe", "notebook",
        "--device", "cpu", .. more.Contains("--epochs") ? more : [.. more, "--epochs", "1"],
    ]);

    private static string[] Runs(string[] runs) => [.. runs.SelectMany(run => new[] { "--run", run })];

    private static string Text(XDocument page) => string.Join(
        ' ', page.Root!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static ProgramRun Evaluate(params string[] more) =>
        ProgramRun.Good(["evaluate", "--data", DrawnGalaxies.Folder, "--device", "cpu", .. more]);

    private float[] Predict(string table, params string[] runs) => PredictFor(DrawnGalaxies.Images, table, runs);

    private float[] PredictFor(string images, string table, string[] runs)
    {
        ProgramRun.Good(
            ["predict", .. Runs(runs), "--images", images, "--out", folder.Path(table), "--device", "cpu"]);
        return
        [
            .. File.ReadLines(folder.Path(table)).Skip(1)
                .SelectMany(row => row.Split(',')[1..(DecisionTree.ClassCount + 1)].Select(float.Parse)),
        ];
    }

    private XDocument Explain(string name, int predictions, string[] runs, string? images = null, params string[] more)
    {
        string path = folder.Path($"{name}.html");
        var predicting = ProgramRun.Good(
        [
            "predict", .. Runs(runs), "--images", images ?? DrawnGalaxies.Images, "--out", folder.Path($"{name}.csv"),
            "--explain", path, "--device", "cpu", .. more,
        ]);
        Assert.That(predicting.ErrorLines[^1], Does.Contain($": {predictions:N0} predictions, "));
        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
