using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>Each symbol of the table of notation is in the formulas of the pages that the table names.</summary>
[TestFixture]
internal sealed partial class NotationTests
{
    private static IEnumerable<Entry> Entries =>
        from line in MarkdownPage.Text("docs/notation.md").Split('\n')
        let row = Row().Match(line)
        where row.Success
        from symbol in row.Groups["symbols"].Value.Split(", ")
        from page in row.Groups["pages"].Value.Split(", ")
        select new Entry(symbol, page);

    [Test]
    public void EachSymbolIsOnThePagesThatAreNamed()
    {
        Assert.That(Entries.Count(), Is.GreaterThan(200));
        Assert.That(Entries.Where(entry => !entry.IsTrue), Is.Empty);
    }

    [TestCase(@"\mu", "14")] // no mean of a channel there
    [TestCase("q", "1")]
    [TestCase("x", "99")]
    public void AWrongEntryIsFound(string symbol, string page) => Assert.That(new Entry(symbol, page).IsTrue, Is.False);

    [GeneratedRegex(@"^\| \$`(?<symbols>[^`]+)`\$ \|[^|]*\|[^|]*\| (?<pages>\d+(, \d+)*) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"(?s)\$`(?<formula>.*?)`\$|```math\n(?<formula>.*?)```")]
    private static partial Regex Formula();

    [GeneratedRegex(@"\\(text|begin|end)\{[^}]*\}|\\[A-Za-z]+")]
    private static partial Regex Command();

    private sealed record Entry(string Symbol, string Page)
    {
        public bool IsTrue => StudyPage.All.Any(IsThePage);

        private bool IsThePage(StudyPage page)
        {
            if (!Path.GetFileName(page.Path).StartsWith($"{int.Parse(Page):00}-", StringComparison.Ordinal))
                return false;
            string text = File.ReadAllText(page.Path);
            var formulas = Formula().Matches(text).Select(match => match.Groups["formula"].Value);
            // A letter of a command is no symbol.
            return formulas.Any(formula => (Symbol.Length > 1 ? formula : Command().Replace(formula, " "))
                .Contains(Symbol, StringComparison.Ordinal));
        }
    }
}
