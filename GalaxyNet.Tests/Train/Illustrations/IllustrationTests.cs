using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GalaxyNet.Tests;

/// <summary>
/// The pictures of the study guide are what the program draws. With <c>GALAXYNET_DRAW_PICTURES=1</c> they are drawn
/// anew.
/// </summary>
[TestFixture]
internal sealed partial class IllustrationTests
{
    private const double LastDigit = 0.1001; // exponentials and float32 sums differ a little from system to system
    private const double LetterWidth = 0.6; // of its height, on the average, in a wide font
    private const double SmallestText = 14;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static IEnumerable<string> Names => Illustration.All.Select(picture => picture.FileName);

    private static string Folder => Repository.Path("docs", "images");

    [TestCaseSource(nameof(Names))]
    public void APictureIsWhatTheProgramDraws(string name)
    {
        string drawn = Draw(name);
        string path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("GALAXYNET_DRAW_PICTURES") == "1")
            File.WriteAllText(path, drawn);
        string kept = File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.That(Coordinate().Replace(kept, "#"), Is.EqualTo(Coordinate().Replace(drawn, "#")));
        Assert.That(Coordinates(kept), Is.EqualTo(Coordinates(drawn)).Within(LastDigit));
    }

    [TestCase("<b y=\"0.5\">0.5</b>", ExpectedResult = 1, Description = "Numbers to read are compared exactly.")]
    [TestCase("<b y=\"0.25\" x=\"1\" z=\"-3.5\"/>", ExpectedResult = 1)]
    [TestCase("<b p=\"1.5,2.5 -3.5,4.0\"/>", ExpectedResult = 4)]
    public int CoordinatesAreWithinTagsAndHaveOneDigit(string text) => Coordinates(text).Length;

    [Test]
    public void EveryPictureOfTheFolderIsDrawn() =>
        Assert.That(Directory.GetFiles(Folder, "*.svg").Select(Path.GetFileName), Is.EquivalentTo(Names));

    [TestCaseSource(nameof(Names))]
    public void APageShowsThePicture(string name) =>
        Assert.That(MarkdownPage.All.Select(MarkdownPage.Text), Has.Some.Contains($"](images/{name})"));

    [TestCaseSource(nameof(Names))]
    public void APictureSaysWhatItShowsAndNeedsNothingElse(string name)
    {
        var picture = Parse(name);
        Assert.Multiple(() =>
        {
            Assert.That(picture.Name, Is.EqualTo(Svg + "svg"));
            Assert.That(picture.Attribute("role")?.Value, Is.EqualTo("img"));
            Assert.That(picture.Element(Svg + "title")?.Value, Has.Length.GreaterThan(20));
            Assert.That(picture.Descendants(Svg + "script"), Is.Empty);
            Assert.That(picture.ToString(), Does.Not.Contain("href").And.Not.Contain("url("));
            Assert.That(picture.ToString(), Does.Contain("prefers-color-scheme: dark"));
        });
    }

    [TestCaseSource(nameof(Names))]
    public void NoTextLeavesThePicture(string name)
    {
        var picture = Parse(name);
        double height = Number(picture, "height");
        Assert.Multiple(() =>
        {
            foreach (var text in picture.Descendants(Svg + "text"))
            {
                var (left, right) = Extent(text);
                Assert.That(left, Is.AtLeast(0), text.Value);
                Assert.That(right, Is.AtMost(Canvas.Width), text.Value);
                Assert.That(Number(text, "y"), Is.InRange(SmallestText, height - (SmallestText / 2)), text.Value);
            }
        });
    }

    [TestCaseSource(nameof(Names))]
    public void EveryKindOfMarkHasItsLook(string name)
    {
        var picture = Parse(name);
        string style = picture.Element(Svg + "style")!.Value;
        var kinds = picture.Descendants().SelectMany(each => each.Attribute("class")?.Value.Split(' ') ?? []);
        Assert.That(
            kinds.Distinct().Where(kind => !Regex.IsMatch(style, $@"\.{kind}[ ,]")), Is.Empty);
    }

    [Test]
    public void TheCommandWritesAll()
    {
        using var folder = new TemporaryFolder();
        var files = ProgramRun.Good("illustrate", "--out", folder.Path("pictures"), "--json").Json
            .GetProperty("files").EnumerateArray().Select(file => file.GetString()!);
        Assert.That(files, Is.EqualTo(Names.Select(name => folder.Path("pictures", name))));
        Assert.That(files.Select(File.ReadAllText), Is.EqualTo(Names.Select(Draw)));
    }

    private static string Draw(string name) =>
        Illustration.All.Single(picture => picture.FileName == name).Draw().Markup;

    private static XElement Parse(string name) => XDocument.Parse(Draw(name)).Root!;

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static (double Left, double Right) Extent(XElement text)
    {
        string[] kinds = text.Attribute("class")?.Value.Split(' ') ?? [];
        double width = text.Value.Length * LetterWidth * (kinds.Contains("small") ? SmallestText : 16);
        double left = Number(text, "x") - (kinds.Contains("middle") ? width / 2 : kinds.Contains("end") ? width : 0);
        return (left, left + width);
    }

    private static double[] Coordinates(string picture) =>
        [.. Coordinate().Matches(picture).Select(each => double.Parse(each.ValueSpan, CultureInfo.InvariantCulture))];

    /// <summary>A number within a tag, with one digit behind the point.</summary>
    [GeneratedRegex(@"-?\d+\.\d(?!\d)(?=[^<>]*/?>)")]
    private static partial Regex Coordinate();
}
