using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>explore</c>: what the notebook shows of labels and images before it trains.</summary>
internal sealed class ExploreCommand : Command
{
    private readonly PathOption<string> data = CommonOptions.Data();
    private readonly PathOption<string> output =
        CommonOptions.OutFolder("Where to write figures (PNG) and tables (CSV)", "DIR");

    private readonly Option<string> rowsClass = new("--class")
    {
        Description = "List the galaxies with more than --threshold of the votes for this class",
        HelpName = "CLASS",
        DefaultValueFactory = _ => "Class6.1",
    };

    private readonly NumberOption<float> threshold = new NumberOption<float>("--threshold")
    {
        Description = "The share of the votes above which galaxies are listed",
        HelpName = "SHARE",
        DefaultValueFactory = _ => 0.5f,
    }.AtLeast(0).Below(1);

    private readonly Option<bool> skipBad = CommonOptions.SkipBad("listed in OUT/skipped.txt and left out");
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Terminal terminal;

    public ExploreCommand(Terminal terminal)
        : base(
            "explore",
            "Draw and tabulate what is in the labels and images: how common the classes are, how they correlate,\n"
            + "the clearest image of each, and the average of the first 5,000.\n"
            + "Example: explore --data galaxyzoo --out figures")
    {
        this.terminal = terminal;
        rowsClass.AcceptOnlyFromAmong([.. DecisionTree.ClassNames]);
        this.AddAll(data, output, rowsClass, threshold, skipBad, json);
        SetAction(Explore);
    }

    private void Explore(ParseResult result)
    {
        string folder = result.GetRequiredValue(output);
        string skipped = Path.Combine(folder, ProblemList.FileName);
        ProblemList.RequireOwn(skipped);
        var galaxies = terminal.Track("Reading images", progress => ImageReport.FindReadable(
            GalaxyFolder.Open(result.GetRequiredValue(data)), progress, terminal.Cancellation));
        if (!result.GetValue(skipBad))
            galaxies.Problems.ThrowIfAny(canSkip: true);
        var labels = new LabelReport(galaxies.Labels, folder);
        labels.Write();
        terminal.LogWithoutLabel(galaxies);
        terminal.LogUnknown(galaxies.Labels);
        galaxies.Problems.Save(skipped);
        terminal.LogSkipped(galaxies.Problems);
        var above = labels.WriteAbove(result.GetRequiredValue(rowsClass), result.GetValue(threshold));
        var images = new ImageReport(galaxies, folder);
        images.WriteTop();
        terminal.Track("Averaging images", progress => images.WriteAverage(progress, terminal.Cancellation));
        if (result.GetValue(json))
            WriteJson(galaxies, labels, above);
        else
            WriteText(galaxies, labels, above);
        terminal.Log($"Figures and tables written to {folder}");
    }

    private void WriteJson(GalaxyFolder galaxies, LabelReport labels, (string Path, int Count) above) =>
        terminal.WriteJson(new
        {
            Galaxies = galaxies.Images.Count,
            MeanConfidence = labels.Means,
            CountAboveHalf = labels.Counts,
            Above = new { above.Path, Galaxies = above.Count },
        });

    private void WriteText(GalaxyFolder galaxies, LabelReport labels, (string Path, int Count) above)
    {
        terminal.WriteLine(
            $"{galaxies.Images.Count:N0} galaxies with images, {DecisionTree.ClassCount} classes. "
            + "Galaxies with more than half of their votes in a terminal class:");
        terminal.WriteTable(
            ["class", "description", " galaxies"],
            labels.TerminalCounts);
        terminal.WriteLine(labels.OddCounts);
        terminal.WriteLine($"{above.Path}: {above.Count:N0} galaxies");
    }
}
