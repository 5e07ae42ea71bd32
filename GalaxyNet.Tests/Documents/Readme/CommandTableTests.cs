using System.Globalization;
using System.Text.RegularExpressions;
using GalaxyNet.Exercises;

namespace GalaxyNet.Tests;

/// <summary>The tables of commands in <c>docs/commands.md</c> say what <c>--help</c> says.</summary>
[TestFixture]
internal sealed partial class CommandTableTests
{
    private static readonly Dictionary<string, string> Rows = Row().Matches(MarkdownPage.Text("docs/commands.md"))
        .ToDictionary(row => row.Groups["command"].Value, row => row.Groups["options"].Value);

    private static readonly Program[] Programs = [TrainProgram.Run, BenchmarkProgram.Run, ExerciseProgram.Run];

    private static IEnumerable<string> Commands => Rows.Keys;

    [Test]
    public void EveryCommandHasARow() => Assert.That(
        Rows.Keys, Is.EquivalentTo(Programs.SelectMany(CommandsOf).Distinct()));

    [TestCaseSource(nameof(Commands))]
    public void ARowHasTheOptionsAndTheirDefaults(string command)
    {
        var run = Programs.First(each => CommandsOf(each).Contains(command));
        var inHelp = HelpLine().Matches(Help(run, command, "--help"))
            .ToDictionary(line => line.Groups["name"].Value, line => line.Groups);
        inHelp.Remove("--help");
        var inTable = TableOption().Matches(Rows[command])
            .ToDictionary(option => option.Groups["name"].Value, option => option.Groups["value"].Value.Trim());
        Assert.That(inTable.Keys, Is.EquivalentTo(inHelp.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (name, help) in inHelp)
            {
                string value = inTable[name].Trim('"').Replace(' ', '|');
                string byDefault = help["default"].Value;
                if (byDefault.Length == 0 || byDefault == Cores)
                    Assert.That(value.Length > 0, Is.EqualTo(help["value"].Success), name);
                else
                    Assert.That(value, Is.EqualTo(byDefault), name);
            }
        });
    }

    private static string Cores => Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> CommandsOf(Program run) =>
        CommandName().Matches(Help(run, "--help").Split("\nCommands:\n")[1]).Select(name => name.Groups["name"].Value);

    private static string Help(Program run, params string[] arguments)
    {
        var help = ProgramRun.Of(run, arguments);
        Assert.That(help.ExitCode, Is.Zero);
        return help.Output.ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"^\| `(?<command>[a-z]+)` \| [^|]+ \| (`(?<options>--[^`]*)`)? ?\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<name>--[a-z-]+)(?<value>( (?!--)[^ ]+)*)")]
    private static partial Regex TableOption();

    [GeneratedRegex(
        @"^  (-[^ ]+, )*(?<name>--[a-z-]+)(?<value> <[^>]+>)?[^\n]*?(\[default: (?<default>[^\n]*)\])?$",
        RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex("^  (?<name>[a-z]+)( |$)", RegexOptions.Multiline)]
    private static partial Regex CommandName();
}
