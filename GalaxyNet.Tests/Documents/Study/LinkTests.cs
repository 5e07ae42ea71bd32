using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>
/// Every link in the documentation leads to a file that exists; one to a line, to the line that declares what it names.
/// </summary>
/// <remarks>
/// With <c>GALAXYNET_MOVE_LINKS=1</c> in the environment the test writes the line numbers that are right now.
/// </remarks>
[TestFixture]
internal sealed partial class LinkTests
{
    [TestCaseSource(typeof(MarkdownPage), nameof(MarkdownPage.All))]
    public void EveryLinkLeadsToWhatItNames(string document)
    {
        string path = Repository.Path(document);
        string text = File.ReadAllText(path);
        if (Environment.GetEnvironmentVariable("GALAXYNET_MOVE_LINKS") == "1")
        {
            text = Link().Replace(text, link => Moved(link, path));
            File.WriteAllText(path, text);
        }
        Assert.That(Link().Matches(text).Select(link => Problem(link, path)).OfType<string>(), Is.Empty);
    }

    [TestCase("[`Evaluate`](Arithmetic.cs#L3)", "declares no Evaluate")]
    [TestCase("[`Nothing`](Arithmetic.cs#L3)", "declares no Nothing")]
    [TestCase("[`Evaluate`](Arithmetic.cs#L9999)", "declares no Evaluate")]
    [TestCase("[the file](Nowhere.cs)", "is not there")]
    public void AWrongLinkIsFound(string text, string problem) =>
        Assert.That(Problem(Link().Match(text), PageHere), Does.Contain(problem));

    [Test]
    public void AMovedLinkIsRight()
    {
        string moved = Moved(Link().Match("[`Evaluate`](Arithmetic.cs#L1)"), PageHere);
        Assert.That(Problem(Link().Match(moved), PageHere), Is.Null);
    }

    private static string PageHere => Repository.Path("GalaxyNet.Tests", "Documents", "Study", "README.md");

    private static string? Problem(Match link, string document)
    {
        string target = TargetOf(link, document);
        if (!Path.Exists(target))
            return $"{link.Value}: {target} is not there.";
        if (!link.Groups["line"].Success)
            return null;
        string name = link.Groups["text"].Value.Trim('`');
        string[] lines = File.ReadAllLines(target);
        int line = int.Parse(link.Groups["line"].ValueSpan);
        return line <= lines.Length && Declares(lines[line - 1], name)
            ? null
            : $"{link.Value}: line {line} declares no {name}; GALAXYNET_MOVE_LINKS=1 finds the line that does.";
    }

    private static string Moved(Match link, string document)
    {
        string target = TargetOf(link, document);
        if (!link.Groups["line"].Success || !File.Exists(target))
            return link.Value;
        int line = int.Parse(link.Groups["line"].ValueSpan);
        string name = link.Groups["text"].Value.Trim('`');
        string[] lines = File.ReadAllLines(target);
        var found = Enumerable.Range(1, lines.Length).Where(each => Declares(lines[each - 1], name));
        int nearest = found.DefaultIfEmpty(line).MinBy(each => Math.Abs(each - line));
        return link.Value.Replace($"#L{line}", $"#L{nearest}", StringComparison.Ordinal);
    }

    private static string TargetOf(Match link, string document) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, link.Groups["target"].Value));

    /// <summary>
    /// True for the line of C# that declares a type, a method or a property: <c>internal static void Name(</c>.
    /// </summary>
    private static bool Declares(string line, string name) => Regex.IsMatch(
        line,
        $@"^\s*(public|internal|private|protected)\b[^=;(""]*(\([^)]*\)\s*)?\b{Regex.Escape(name)}\b\s*([<({{:]|=>|$)");

    // Links within the page and to other sites are left to the reader.
    [GeneratedRegex(@"\[(?<text>[^\]\n]+)\]\((?<target>[^)#:\s]+)(#L(?<line>\d+))?(#[^)\s]*)?\)")]
    private static partial Regex Link();
}
