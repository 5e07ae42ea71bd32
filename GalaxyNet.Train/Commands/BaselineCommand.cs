using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Train;

/// <summary><c>baseline</c>: what a network has to beat.</summary>
internal sealed class BaselineCommand : Command
{
    private readonly PathOption<string> data = CommonOptions.Data();
    private readonly Option<bool> skipBad = CommonOptions.SkipBad("listed and left out");
    private readonly NumberOption<uint> seed = CommonOptions.Seed();
    private readonly Option<bool> json = CommonOptions.Json();

    private readonly NumberOption<double> validationFraction = new NumberOption<double>("--validation-fraction")
    {
        Description = "The share of the galaxies to set aside before the rest is split 4:1; the notebook used 0.2",
        HelpName = "SHARE",
        DefaultValueFactory = _ => 0,
    }.AtLeast(0).Below(1);

    private readonly Terminal terminal;

    public BaselineCommand(Terminal terminal)
        : base(
            "baseline",
            "Score three simple models on the raw images: linear regression on the color of the center pixel\n"
            + "and on the average color, and always guessing the mean.\n"
            + "Example: baseline --data galaxyzoo --validation-fraction 0.2")
    {
        this.terminal = terminal;
        this.AddAll(data, validationFraction, seed, skipBad, json);
        SetAction(Score);
    }

    private void Score(ParseResult result)
    {
        var (galaxies, colors) = terminal.LoadColors(result.GetRequiredValue(data), result.GetValue(skipBad));
        var split = TrainTestSplit.CreateAfterValidation(
            galaxies.Images.Count,
            result.GetValue(validationFraction),
            TrainTestSplit.NotebookTestFraction,
            result.GetValue(seed));
        var baselines = Baseline.All(colors, galaxies.Labels, split);
        if (result.GetValue(json))
            WriteJson(baselines, split, galaxies.Images.Count);
        else
            WriteText(baselines, split);
    }

    private void WriteText(IReadOnlyList<Baseline> baselines, TrainTestSplit split)
    {
        terminal.WriteTable(
            ["baseline", " RMSE", " galaxies", " the notebook's RMSE"],
            baselines.Select(baseline => new[]
            {
                baseline.Name,
                baseline.Rmse.ToString("F5", CultureInfo.InvariantCulture),
                baseline.Images.ToString("N0", CultureInfo.InvariantCulture),
                baseline.NotebookRmse.ToString("F4", CultureInfo.InvariantCulture),
            }));
        terminal.WriteLine(
            $"All three were fitted to the same {split.Train.Length:N0} galaxies and scored on the same "
            + $"{split.Test.Length:N0} others, those of the notebook's split with this --seed.");
        terminal.WriteLine(
            "The notebook's figures were measured on the challenge's full data, the mean guess without a split.");
    }

    private void WriteJson(IReadOnlyList<Baseline> baselines, TrainTestSplit split, int galaxies) =>
        terminal.WriteJson(new
        {
            TrainImages = split.Train.Length,
            TestImages = split.Test.Length,
            ValidationImages = galaxies - split.Train.Length - split.Test.Length,
            CenterPixelRmse = baselines[0].Rmse,
            AverageColorRmse = baselines[1].Rmse,
            MeanGuessRmse = baselines[2].Rmse,
        });
}
