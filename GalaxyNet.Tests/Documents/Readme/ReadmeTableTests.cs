using System.Globalization;
using System.Text.RegularExpressions;
using GalaxyNet.Benchmarks;
using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>The README's tables of commands say what <c>--help</c> says.</summary>
[TestFixture]
internal sealed partial class ReadmeTableTests
{
    private static readonly Dictionary<string, string> Rows = Row().Matches(MarkdownPage.Text(MarkdownPage.Readme))
        .ToDictionary(row => row.Groups["command"].Value, row => row.Groups["options"].Value);

    private static IEnumerable<string> Commands => Rows.Keys;

    [Test]
    public void EveryCommandHasARow() => Assert.That(
        Rows.Keys, Is.EquivalentTo(CommandsOf(TrainProgram.Run).Union(CommandsOf(BenchmarkProgram.Run))));

    [TestCaseSource(nameof(Commands))]
    public void ARowHasTheOptionsAndTheirDefaults(string command)
    {
        var run = CommandsOf(TrainProgram.Run).Contains(command) ? (Program)TrainProgram.Run : BenchmarkProgram.Run;
        var inHelp = HelpLine().Matches(Help(run, command, "--help"))
            .ToDictionary(line => line.Groups["name"].Value, line => (TakesValue: line.Groups["value"].Success, Default: line.Groups["default"].Value));
        inHelp.Remove("--help");
        var inTable = TableOption().Matches(Rows[command])
            .ToDictionary(option => option.Groups["name"].Value, option => option.Groups["value"].Value.Trim());
        Assert.That(inTable.Keys, Is.EquivalentTo(inHelp.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (name, (takesValue, byDefault)) in inHelp)
            {
                string value = inTable[name].Trim('"').Replace(' ', '|');
                if (byDefault.Length == 0 || byDefault == Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture))
                    Assert.That(value.Length > 0, Is.EqualTo(takesValue), name);
                else
                    Assert.That(value, Is.EqualTo(byDefault), name);
            }
        });
    }

    private delegate int Program(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation);

    private static HashSet<string> CommandsOf(Program run) =>
        [.. Regex.Split(Help(run, "--help"), @"^Commands:\n", RegexOptions.Multiline)[1].Split('\n')
            .Select(line => CommandName().Match(line)).Where(name => name.Success).Select(name => name.Groups["name"].Value)];

    private static string Help(Program run, params string[] arguments)
    {
        var output = new StringWriter();
        Assert.That(run(arguments, output, TextWriter.Null, default), Is.Zero);
        return output.ToString().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"^\| `(?<command>[a-z]+)` \| [^|]+ \| (`(?<options>--[^`]*)`)? ?\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<name>--[a-z-]+)(?<value>( (?!--)[^ ]+)*)")]
    private static partial Regex TableOption();

    [GeneratedRegex(@"^  (-[^ ]+, )*(?<name>--[a-z-]+)(?<value> <[^>]+>)?[^\n]*?(\[default: (?<default>[^\n]*)\])?$", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex("^  (?<name>[a-z]+)( |$)")]
    private static partial Regex CommandName();
}
