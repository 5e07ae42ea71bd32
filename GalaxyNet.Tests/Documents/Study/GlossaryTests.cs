using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>The glossary is in order, and every word of it is on the page that it leads to.</summary>
[TestFixture]
internal sealed partial class GlossaryTests
{
    private const string Glossary = "docs/glossary.md";

    private static readonly IReadOnlyList<Entry> Entries = Read(MarkdownPage.Text(Glossary));

    [Test]
    public void TheWordsAreInOrder()
    {
        string[] words = [.. Entries.Select(entry => entry.Word.ToLowerInvariant())];
        Assert.That(words, Has.Length.GreaterThan(60).And.Unique);
        Assert.That(words, Is.EqualTo(words.Order(StringComparer.Ordinal)));
    }

    [Test]
    public void EveryWordIsOnThePageThatItLeadsTo() =>
        Assert.That(Entries.Where(entry => !entry.IsOnItsPage).Select(entry => entry.Word), Is.Empty);

    /// <summary>An entry without a link, or with two, would be none.</summary>
    [Test]
    public void EveryItemIsAnEntry() =>
        Assert.That(Entries, Has.Count.EqualTo(ItemStart().Count(MarkdownPage.Text(Glossary))));

    [TestCase("- **ReLU**: The function. [Page 2](02-relu.md)\n", ExpectedResult = true)]
    [TestCase("- **ReLU**: The function. [Page 5](05-channel_sum.md)\n", ExpectedResult = false)]
    [TestCase("- **dense**: All to all,\n  always. [Page 1](01-dense.md)\n", ExpectedResult = true)]
    public bool AWordIsLookedFor(string item) => Read(item).Single().IsOnItsPage;

    private static List<Entry> Read(string text) =>
    [
        .. from item in Item().Matches(text)
           select new Entry(item.Groups["word"].Value, item.Groups["page"].Value),
    ];

    [GeneratedRegex(@"(?m)^- \*\*")]
    private static partial Regex ItemStart();

    [GeneratedRegex(@"(?m)^- \*\*(?<word>[^*]+)\*\*: [^\[]*\[[^\]]+\]\((?<page>[^)]+)\)$")]
    private static partial Regex Item();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    private sealed record Entry(string Word, string Page)
    {
        /// <summary>True also where the page has it in another case or form, such as the plural.</summary>
        public bool IsOnItsPage => Space()
            .Replace(File.ReadAllText(Path.Combine(Repository.Path("docs"), Page)), " ")
            .Contains(Word, StringComparison.OrdinalIgnoreCase);
    }
}
