using System.CommandLine;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary><c>summary</c>: a network's layers.</summary>
internal sealed class SummaryCommand : Command
{
    /// <summary>Declares the command.</summary>
    public SummaryCommand(Terminal terminal)
        : base("summary", "Show the layers of a network and their sizes.\nExample: summary --attempt 4")
    {
        var attempt = CommonOptions.Attempt();
        Add(attempt);
        SetAction(result => terminal.WriteLine(
            GalaxyZooNetworks.Attempt(result.GetRequiredValue(attempt)).Summary.ToString().TrimEnd()));
    }
}
