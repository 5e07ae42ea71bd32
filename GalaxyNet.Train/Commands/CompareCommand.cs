using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary><c>compare</c>: the notebook's attempts and baselines on the same galaxies.</summary>
internal sealed class CompareCommand : Command
{
    private readonly PathOption<string> data = CommonOptions.Data();
    private readonly PathOption<string> output =
        CommonOptions.OutFolder("Where to keep the runs, attempt1 to attempt4", "DIR");

    private readonly NumberOption<uint> seed = CommonOptions.Seed();
    private readonly Option<bool> skipBad =
        CommonOptions.SkipBad("listed, also in each run's skipped.txt, and left out");

    private readonly Option<string> device = DeviceOption.Create();
    private readonly Option<bool> json = CommonOptions.Json();

    private readonly Option<string[]> attempts = new("--attempts")
    {
        Description = "Which of the notebook's attempts to train, one or more",
        HelpName = "N",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => ["1", "2", "3", "4"],
    };

    private readonly NumberOption<int> epochs = new NumberOption<int>("--epochs")
    {
        Description = "The number of epochs to train each attempt for; a run that has as many is used as it is",
        HelpName = "N",
        DefaultValueFactory = _ => new TrainingSettings().Epochs,
    }.AtLeast(1);

    private readonly Terminal terminal;

    public CompareCommand(Terminal terminal)
        : base(
            "compare",
            "Train the notebook's four attempts on the same galaxies, score the baselines on them too, and show all\n"
            + "results beside the notebook's. Runs that are already in --out are continued.\n"
            + "Example: compare --data galaxyzoo --out comparison --epochs 5")
    {
        this.terminal = terminal;
        attempts.AcceptOnlyFromAmong("1", "2", "3", "4");
        this.AddAll(data, output, attempts, epochs, seed, device, skipBad, json);
        SetAction(Compare);
    }

    private void Compare(ParseResult result)
    {
        var (galaxies, colors) = terminal.LoadColors(result.GetRequiredValue(data), result.GetValue(skipBad));
        var split = TrainTestSplit.Create(
            galaxies.Images.Count, TrainTestSplit.NotebookTestFraction, result.GetValue(seed));
        var baselines = Baseline.All(colors, galaxies.Labels, split);
        Row[] rows =
        [
            .. result.GetRequiredValue(attempts).Distinct().Order(StringComparer.Ordinal)
                .Select(attempt => Train(attempt, result)),
            .. baselines.Select(Row.Of),
        ];
        if (result.GetValue(json))
            terminal.WriteJson(new { NotebookMeasuredOn = "the full data of the challenge", Rows = rows });
        else
            WriteText(rows, split);
    }

    /// <summary>Trains with the <c>train</c> command, so that all other commands can use the run.</summary>
    private Row Train(string attempt, ParseResult result)
    {
        string run = Path.Combine(result.GetRequiredValue(output), $"attempt{attempt}");
        List<string> arguments =
        [
            "train", "--data", result.GetRequiredValue(data), "--out", run, "--device", result.GetRequiredValue(device),
            "--recipe", "notebook", "--attempt", attempt, "--epochs", Text(result.GetValue(epochs)),
            "--seed", Text(result.GetValue(seed)), "--json",
            "--test-fraction", Text(TrainTestSplit.NotebookTestFraction),
        ];
        if (new RunFolder(run).HasRun)
            arguments.Add("--resume");
        if (result.GetValue(skipBad))
            arguments.Add("--skip-bad");
        var trained = new StringWriter();
        try
        {
            TrainProgram.Run([.. arguments], terminal.WithOutput(trained));
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(
                $"{exception.Message}; the same compare continues from here", exception, exception.CancellationToken);
        }
        return Row.Of(JsonSerializer.Deserialize<Training>(trained.ToString(), JsonFormat.Options)!);
    }

    private void WriteText(Row[] rows, TrainTestSplit split)
    {
        terminal.WriteTable(
            ["", " RMSE", " galaxies", " epochs", " parameters", " images/s", " the notebook's RMSE"],
            rows.Select(row => new[]
            {
                row.Name,
                Text(row.Rmse, "F5"),
                Text(row.Images, "N0"),
                row.Epochs is { } count ? Text(count) : "-",
                Text(row.Parameters, "N0"),
                row.ImagesPerSecond is { } speed ? Text(speed, "N0") : "-",
                Text(row.NotebookRmse, "0.0000#"),
            }));
        terminal.WriteLine(
            $"All were trained on the same {split.Train.Length:N0} galaxies and scored on the same "
            + $"{split.Test.Length:N0} others, those that train keeps for the test. "
            + "Images/s is the speed of training.");
        terminal.WriteLine(
            "The notebook's figures were measured on the challenge's full data, attempt 1 after 180 epochs, "
            + "attempt 4 after 5, the mean guess without a split.");
    }

    private static string Text(IFormattable number, string? format = null) =>
        number.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A line of the comparison. The speed is the median of the epochs; baselines have neither.</summary>
    private sealed record Row(
        string Name,
        double Rmse,
        int Images,
        int? Epochs,
        long Parameters,
        double? ImagesPerSecond,
        double NotebookRmse)
    {
        public static Row Of(Training training)
        {
            double[] speeds = [.. training.History.Select(epoch => epoch.ImagesPerSecond).Order()];
            return new Row(
                $"attempt {training.Attempt}",
                training.Rmse,
                training.TestImages,
                training.Epochs,
                GalaxyZooNetworks.Attempt(training.Attempt).Summary.ParameterCount,
                speeds[speeds.Length / 2],
                NotebookScores.Attempt(training.Attempt));
        }

        public static Row Of(Baseline baseline) => new(
            baseline.Name, baseline.Rmse, baseline.Images, null, baseline.Parameters, null, baseline.NotebookRmse);
    }

    /// <summary>What <c>train --json</c> prints, as far as it is needed here.</summary>
    private sealed record Training(
        int Attempt, int Epochs, int TestImages, double Rmse, IReadOnlyList<EpochResult> History);
}
