using System.Xml;
using System.Xml.Linq;

namespace GalaxyNet.Tests;

/// <summary>The page of <c>predict --explain</c>, of one run.</summary>
[TestFixture]
internal sealed class ExplainTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TrainedRun run;

    public ExplainTests() => run = new TrainedRun(folder.Path("run"));

    [OneTimeSetUp]
    public void Train() => ProgramRun.Good(run.Begin(epochs: 1));

    public void Dispose() => folder.Dispose();

    [Test]
    public void ThePageShowsEachImageWithItsAnswersAndWhereTheyComeFrom()
    {
        string path = folder.Path("page.html");
        var predicting = Predict("all.csv", "--explain", path);
        Assert.That(
            predicting.ErrorLines[^1],
            Does.Match($@"page\.html explains 10 images: {10 * (16 + 226):N0} predictions, [\d,]+ images/s$"));
        var page = Read(path);
        var sections = page.Descendants("section").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(sections, Has.Count.EqualTo(DrawnGalaxies.Count));
            Assert.That(
                page.Descendants("h1").Single().Value, Is.EqualTo("What run says of 10 images"));
            Assert.That(page.Root!.Value, Does.Contain("attempt 1, 1 epoch on 8 galaxies: RMSE 0."));
            Assert.That(page.Root!.Value, Does.Contain("cut off at 0 and 100 %"), "attempt 1 has no last activation");
            foreach (var section in sections)
            {
                int looks = With(section, "img", "heat").Count();
                Assert.That(looks, Is.InRange(1, 4));
                Assert.That(section.Descendants("img").Count(), Is.EqualTo(1 + (2 * looks)));
                Assert.That(section.Descendants("tr").Count(), Is.InRange(3, 9));
                Assert.That(With(section, "g", "leaf").Count(), Is.EqualTo(DecisionTree.ClassCount));
            }
        });
    }

    [Test]
    public void ThePageNeedsNothingElse()
    {
        string path = folder.Path("alone.html");
        Predict("alone.csv", "--explain", path, "--explain-images", "2");
        Assert.That(
            File.ReadAllText(path),
            Does.Not.Contain("<script").And.Not.Contain("http:").And.Not.Contain("https:").And.Not.Contain("url("));
        Assert.That(
            Read(path).Descendants("img").Select(image => image.Attribute("src")!.Value),
            Has.All.Match("^data:image/(jpeg|png);base64,"));
    }

    [Test]
    public void MoreImagesThanAskedForAreMentioned()
    {
        string path = folder.Path("some.html");
        var predicting = Predict("some.csv", "--explain", path, "--explain-images", "3");
        Assert.That(predicting.ErrorLines[^1], Does.Contain("explains the first 3 of 10 images"));
        var page = Read(path);
        Assert.That(page.Root!.Value, Does.Contain("the first 3 of 10 images"));
        Assert.That(page.Descendants("section").Count(), Is.EqualTo(3));
        Assert.That(File.ReadLines(folder.Path("some.csv")).Count(), Is.EqualTo(1 + DrawnGalaxies.Count));
    }

    [Test]
    public void AnAstronomersFolderGivesAPageThatMakesSense()
    {
        using var images = new TemporaryFolder();
        const string first = "J123456.78+012345.6", second = "J234501.23-045612.3";
        File.Copy(GalaxyFolder.ImagePath(DrawnGalaxies.Folder, DrawnGalaxies.FirstId), images.Path($"{first}.jpg"));
        File.WriteAllBytes(
            images.Path($"{second}.fits"),
            FitsBytes.Image(-32, [80, 80], FitsBytes.Galaxy(peak: 300, sky: 1_000, size: 80)));
        var bright = new Image(80, 80, 3);
        bright.Pixels.AsSpan().Fill(90);
        bright.Pixels.AsSpan(3 * ((40 * 80) + 30), 60).Fill(200);
        ImageFile.WritePng(images.Path("a < b & c.png"), bright);
        ImageFile.WritePng(images.Path("dark.png"), new Image(80, 80, 3));
        images.Write("broken.jpg", "no image");
        using var outputs = new TemporaryFolder();
        string path = outputs.Path("page.html");
        var predicting = ProgramRun.Of(
            "predict", "--run", run.Folder, "--images", images.Root, "--out", outputs.Path("a.csv"), "--explain", path);
        Assert.That(predicting.ExitCode, Is.EqualTo(1), "one is broken, and the page is written all the same");
        Assert.That(predicting.ErrorLines, Has.Exactly(1).Contains($"{path} explains 3 images: "));

        var page = Read(path);
        Assert.Multiple(() =>
        {
            Assert.That(
                page.Descendants("h2").Select(name => name.Value), Is.EqualTo([first, second, "a < b & c"]));
            Assert.That(
                With(page.Root!, "p", "beware").Select(line => line.Value),
                Is.EqualTo(["Beware: the image has a bright sky, where the network knows a dark one."]));
            Assert.That(
                page.Root!.Value,
                Does.Contain("Not here, for nothing could be seen: broken (cannot be read), dark (dark)."));
            Assert.That(
                page.Descendants("li").Select(entry => entry.Value), Has.Exactly(1).StartsWith($"{first}: "));
        });
    }

    [Test]
    public void NamesAreThoseOfGalaxyZoo2()
    {
        Predict("named.csv", "--names");
        Predict("coded.csv");
        string[] named = File.ReadAllLines(folder.Path("named.csv"));
        string[] coded = File.ReadAllLines(folder.Path("coded.csv"));
        Assert.That(named[0].Split(','), Is.EqualTo([coded[0].Split(',')[0], .. GalaxyZoo2Names.All]));
        Assert.That(named[1..], Is.EqualTo(coded[1..]));
    }

    [TestCase(1280), TestCase(400), Exhaustive]
    public void ABrowserShowsItWithoutScrollingSideways(int width)
    {
        string path = folder.Path($"{width}.html");
        Predict($"{width}.csv", "--explain", path, "--explain-images", "2");
        Assert.That(HeadlessBrowser.ContentWidth(path, width), Is.EqualTo(width));
    }

    private ProgramRun Predict(string table, params string[] more) => ProgramRun.Good(
        ["predict", "--run", run.Folder, "--images", DrawnGalaxies.Images, "--out", folder.Path(table), .. more]);

    private static XDocument Read(string path)
    {
        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static IEnumerable<XElement> With(XElement parent, string element, string style) =>
        parent.Descendants(element).Where(each => each.Attribute("class")?.Value == style);
}
