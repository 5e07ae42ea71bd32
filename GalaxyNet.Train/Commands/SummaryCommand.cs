using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>summary</c>: a network's layers.</summary>
internal sealed class SummaryCommand : Command
{
    public SummaryCommand(Terminal terminal)
        : base("summary", "Show the layers of a network and their sizes.\nExample: summary --attempt 4")
    {
        var attempt = CommonOptions.Attempt();
        var json = CommonOptions.Json();
        Add(attempt);
        Add(json);
        SetAction(result => Show(
            terminal, GalaxyZooNetworks.Attempt(result.GetRequiredValue(attempt)).Summary, result.GetValue(json)));
    }

    private static void Show(Terminal terminal, NetworkSummary summary, bool asJson)
    {
        if (asJson)
            terminal.WriteJson(new { summary.ParameterCount, Layers = summary.Rows });
        else
            terminal.WriteLine(summary.ToString().TrimEnd());
    }
}
