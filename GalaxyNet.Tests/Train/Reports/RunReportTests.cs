using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace GalaxyNet.Tests;

/// <summary>The page that train and evaluate leave in a run's folder.</summary>
[TestFixture]
internal sealed class RunReportTests : IDisposable
{
    private const int LargestPage = 300_000; // bytes

    private readonly TemporaryFolder folder = new();
    private readonly TrainedRun run;
    private ProgramRun training = null!;
    private XDocument firstPage = null!;

    private string Page => Path.Combine(run.Folder, "report.html");

    public RunReportTests() => run = new TrainedRun(folder.Path("run"));

    [OneTimeSetUp]
    public void Train()
    {
        training = ProgramRun.Good(run.Begin(epochs: 3));
        firstPage = Read(Page);
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void TrainingLeavesAPageAndSaysWhere()
    {
        string text = Text(firstPage);
        double rmse = ProgramRun.Good(
            "evaluate", "--run", run.Folder, "--data", DrawnGalaxies.Folder, "--subset", "test", "--json")
            .Json.GetProperty("rmse").GetDouble();
        Assert.That(training.ErrorLines[^1], Does.StartWith(Page));
        Assert.That(text, Does.Contain($"{rmse:F5}over the 2 test galaxies"));
        Assert.That(text, Does.Contain("epochs3").And.Contain("batch_size1"));
    }

    [Test]
    public void EvaluationTellsOfTheGalaxiesThatItScored()
    {
        EvaluateAll();
        var page = Read(Page);
        Assert.That(Text(page), Does.Contain("over all 10 galaxies"));
        Assert.That(With(page, "circle", "dot").Count(), Is.EqualTo(2 * 3), "a loss and an RMSE for each epoch");
        Assert.That(With(page, "tr", "answer").Count(), Is.EqualTo(DecisionTree.ClassCount));
        Assert.That(With(page, "tr", "question").Count(), Is.EqualTo(DecisionTree.Questions.Count));
    }

    [Test]
    public void TheTitleSaysWhatWasTrained()
    {
        Assert.That(
            firstPage.Root!.Descendants("h1").Single().Value, Is.EqualTo("run: attempt 1, 3 epochs on 8 galaxies"));
        Assert.That(Text(firstPage), Does.Contain("; with batch-size 1, ").Or.Contain("; with batch-size 1."));
    }

    [Test]
    public void TheGuessIsALineOfTheCurveAndOfTheSameGalaxies()
    {
        string guess = Regex.Match(Text(firstPage), @"guessing the mean(0\.\d{4})").Groups[1].Value;
        EvaluateAll(); // of other galaxies
        foreach (var page in new[] { firstPage, Read(Page) })
        {
            Assert.That(With(page, "line", "comparison").Count(), Is.EqualTo(1));
            double drawn = double.Parse(
                Regex.Match(Text(page), @"always guessing the mean: (0\.\d{4})").Groups[1].ValueSpan);
            Assert.That(drawn, Is.EqualTo(double.Parse(guess)).Within(2e-4));
        }
    }

    [Test]
    public void EveryQuestionHasItsCalibrationAndItsConfusion()
    {
        var cards = With(firstPage, "section", "card question-card").ToList();
        Assert.That(cards, Has.Count.EqualTo(DecisionTree.Questions.Count));
        var first = cards[0];
        Assert.That(Within(first, "circle", "bin"), Is.Not.Empty);
        Assert.That(
            Within(first, "table", "confusion").Single().Descendants("td").Sum(cell => int.Parse(cell.Value)),
            Is.EqualTo(2),
            "the test galaxies");
    }

    [TestCase("tree wide")]
    [TestCase("tree tall")]
    public void TheDecisionTreeIsDrawn(string drawing)
    {
        var tree = With(Read(Page), "svg", drawing).Single();
        Assert.Multiple(() =>
        {
            Assert.That(Within(tree, "g", "node").Count(), Is.EqualTo(DecisionTree.Questions.Count));
            Assert.That(
                Within(tree, "g", "leaf").Select(leaf => leaf.Value),
                Has.Exactly(DecisionTree.ClassCount).Matches(@"\d\.\d\d / \d\.\d\d\s*$"),
                "predicted and voted fractions");
            int edges = DecisionTree.Questions.Count(question => question.AskedAfter is not null);
            Assert.That(Within(tree, "path", "edge predicted").Count(), Is.EqualTo(edges));
            Assert.That(Within(tree, "path", "edge voted").Count(), Is.EqualTo(edges));
        });
    }

    [Test]
    public void ThePageSaysWhereItWasTrainedAndWhereScored()
    {
        string options = Path.Combine(run.Folder, "options.json");
        string written = File.ReadAllText(options);
        string name = JsonElement.Parse(written).GetProperty("devices")[0].GetString()!;
        Assert.That(
            Text(firstPage),
            Does.Match($@"trained on{Regex.Escape(name)}\d+ images a second\s+scored on{Regex.Escape(name)}"));
        try
        {
            File.WriteAllText(options, written.Replace(name, "another device"));
            EvaluateAll("--device", "cpu");
            Assert.That(Text(Read(Page)), Does.Match(@"trained onanother device\d+ images a second\s+scored onCPU, "));
        }
        finally
        {
            File.WriteAllText(options, written);
        }
    }

    [Test]
    public void ThePageNeedsNothingElse()
    {
        string markup = File.ReadAllText(Page);
        Assert.That(
            markup,
            Does.Not.Contain("<script").And.Not.Contain("http:").And.Not.Contain("https:").And.Not.Contain("url("));
        Assert.That(
            Read(Page).Descendants("img").Select(image => image.Attribute("src")!.Value),
            Has.All.StartsWith("data:image/jpeg;base64,"));
        Assert.That(new FileInfo(Page).Length, Is.LessThan(LargestPage));
    }

    [Test]
    public void TheLargestErrorsComeFirst()
    {
        EvaluateAll();
        double[] errors =
        [
            .. With(Read(Page), "div", "card")
                .Select(card => double.Parse(Regex.Match(card.Value, @"RMSE (0\.\d+)").Groups[1].ValueSpan)),
        ];
        Assert.That(errors, Has.Length.EqualTo(12));
        Assert.That(errors[..6], Is.Ordered.Descending);
        Assert.That(errors[6..], Is.Ordered.Ascending);
        Assert.That(errors[0], Is.GreaterThan(errors[6]));
    }

    [Test]
    public void AHistoryThatSomebodyChangedOnlyCostsTheCurves()
    {
        string history = Path.Combine(run.Folder, "history.csv");
        string[] lines = File.ReadAllLines(history);
        try
        {
            File.WriteAllLines(history, [lines[0], "1,much,0.1,2,3"]);
            EvaluateAll();
            Assert.That(Text(Read(Page)), Does.Contain("there are no curves"));
        }
        finally
        {
            File.WriteAllLines(history, lines);
        }
    }

    [Test]
    public void AFolderThatTakesNoPageIsNoError()
    {
        File.Delete(Page);
        Directory.CreateDirectory(Page);
        try
        {
            var evaluation = EvaluateAll();
            Assert.That(evaluation.Output, Does.Contain("RMSE "));
            Assert.That(evaluation.ErrorLines[^1], Does.StartWith(Page).And.Contain("cannot be written"));
        }
        finally
        {
            Directory.Delete(Page);
            EvaluateAll();
        }
    }

    [Test]
    public void WhatIsPutIntoAPageIsEscaped()
    {
        const string Name = "<script>\"&'";
        Html[] pieces = [Html.Of($"<b>{Name}</b>"), Html.Of($"<i>{0.5:F2}</i>")];
        Assert.That(
            Html.Of($"<p title=\"{Name}\">{pieces}</p>").Markup,
            Is.EqualTo(
                "<p title=\"&lt;script&gt;&quot;&amp;&#39;\"><b>&lt;script&gt;&quot;&amp;&#39;</b><i>0.50</i></p>"));
    }

    [TestCase(1280), TestCase(400), Exhaustive]
    public void ABrowserShowsItWithoutScrollingSideways(int width)
    {
        Assert.That(HeadlessBrowser.ContentWidth(Page, width), Is.EqualTo(width), "the width of the page");
        var image = HeadlessBrowser.Screenshot(Page, folder.Path($"{width}.png"), width);
        var colors = Enumerable.Range(0, image.Width * image.Height)
            .Select(pixel => Convert.ToHexStringLower(image.Pixels, pixel * image.Channels, 3)).ToHashSet();
        Assert.That(colors, Is.SupersetOf((string[])["2166ac", "e08214", "b8bec6"]), "the colors of the bars");
    }

    private ProgramRun EvaluateAll(params string[] more) => ProgramRun.Good(
        ["evaluate", "--run", run.Folder, "--data", DrawnGalaxies.Folder, "--subset", "all", .. more]);

    private static XDocument Read(string path)
    {
        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static string Text(XDocument page) => page.Root!.Element("body")!.Value;

    private static IEnumerable<XElement> With(XDocument page, string element, string style) =>
        Within(page.Root!, element, style);

    private static IEnumerable<XElement> Within(XElement parent, string element, string style) =>
        parent.Descendants(element).Where(each => each.Attribute("class")?.Value == style);
}
