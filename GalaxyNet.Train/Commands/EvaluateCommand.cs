using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Train;

/// <summary><c>evaluate</c>: how far a trained network's predictions are from the votes.</summary>
internal sealed class EvaluateCommand : Command
{
    private const string All = "all";
    private const string Test = "test";

    private readonly Option<string> run = CommonOptions.Run();
    private readonly Option<int?> averageViews = CommonOptions.AverageViewsOfRun();
    private readonly Option<string> data = CommonOptions.Data();
    private readonly Option<bool> skipBad = CommonOptions.SkipBad("listed in RUN/evaluate-skipped.txt and left out");
    private readonly Option<string> device = DeviceOption.Create();
    private readonly Option<bool> json = CommonOptions.Json();

    private readonly Option<string> subset = new("--subset")
    {
        Description = "all: every galaxy; test: only those that training kept for the test",
        DefaultValueFactory = _ => All,
    };

    private readonly Option<string> figure = new Option<string>("--figure")
    {
        Description = "Draw nine of the galaxies, with the most popular answers as predicted and as voted",
        HelpName = "FILE.png",
    }.OfPath();

    private readonly Terminal terminal;

    public EvaluateCommand(Terminal terminal)
        : base(
            "evaluate",
            "Score a trained network by the root mean square error over all images and classes.\n"
            + "Example: evaluate --run run4 --data galaxyzoo --subset test")
    {
        this.terminal = terminal;
        subset.AcceptOnlyFromAmong(All, Test);
        this.AddAll(run, data, subset, averageViews, device, skipBad, figure, json);
        SetAction(Evaluate);
    }

    private void Evaluate(ParseResult result)
    {
        var folder = new RunFolder(result.GetRequiredValue(run));
        var options = folder.ReadOptions();
        using var opened = DeviceOption.Open(
            result.GetRequiredValue(device), terminal, precision: options.Settings.Precision);
        using var network = folder.LoadNetwork(opened, options.Plan);
        string dataFolder = result.GetRequiredValue(data);
        var galaxies = terminal.Load(GalaxyFolder.Open(dataFolder), options.Plan, result.GetValue(skipBad));
        folder.WriteSkippedByEvaluation(galaxies.Skipped, terminal.Log);
        bool isAll = result.GetRequiredValue(subset) == All;
        int[] chosen = isAll
            ? [.. Enumerable.Range(0, galaxies.Count)]
            : TestGalaxies(dataFolder, galaxies, options);
        float[] predictions = terminal.Predict(
            network, galaxies, chosen, options.Plan, result.GetValue(averageViews));
        var report = new RunReport(folder.Name, options, galaxies, chosen, predictions)
        {
            Subset = isAll ? $"all {chosen.Length} galaxies" : $"the {chosen.Length} test galaxies",
            Device = opened.Name,
            History = folder.History,
        };
        folder.WriteReport(report, terminal.Log);
        if (result.GetValue(json))
            WriteJson(report.Score);
        else
            WriteText(report.Score, report.Guess);
        if (result.GetValue(figure) is { } path)
            WriteFigure(path, galaxies, report.ByError);
    }

    /// <summary>Draws the first galaxy of each kind, then others, so that the figure shows many kinds.</summary>
    private void WriteFigure(string path, GalaxyDataset galaxies, IReadOnlyList<PredictedGalaxy> predicted)
    {
        var answered = predicted.OrderBy(galaxy => galaxy.Index).Select(galaxy => new AnsweredGalaxy(
            galaxies.ToImage(galaxy.Index), MainAnswers.Of(galaxy.Predicted), MainAnswers.Of(galaxy.Voted))).ToList();
        var first = answered.DistinctBy(galaxy => string.Join('\n', galaxy.True.Select(answer => answer.Name)));
        AnswersFigure.Write(path, [.. first.Union(answered).Take(AnswersFigure.Count)]);
        terminal.Log($"Figure written to {path}");
    }

    private static int[] TestGalaxies(string dataFolder, GalaxyDataset galaxies, RunOptions options)
    {
        if (galaxies.Digest() != options.DataDigest)
            throw new UserErrorException(
                $"{dataFolder}: is not the data that this run was trained on, so it has no part kept for the test; "
                + "leave out --subset test");
        var data = new TrainingData(galaxies, options.Plan);
        return data.HasTest
            ? data.Split.Test
            : throw new UserErrorException("This run kept no galaxies for the test: leave out --subset test");
    }

    private void WriteJson(Score score) => terminal.WriteJson(new
    {
        score.Rmse,
        score.Images,
        RmsePerClass = DecisionTree.ClassNames
            .Zip(score.RmsePerClass, KeyValuePair.Create)
            .ToDictionary(),
    });

    private void WriteText(Score score, Score guess)
    {
        terminal.WriteTable(
            ["class", "answer", " RMSE", " guessing the mean"],
            DecisionTree.ClassNames.Select((name, i) => new[]
            {
                name, DecisionTree.AnswerNames[i], Format(score.RmsePerClass[i]), Format(guess.RmsePerClass[i]),
            }));
        terminal.WriteLine(
            $"RMSE {Format(score.Rmse)} over {score.Images} images (always guessing the mean: {Format(guess.Rmse)})");
    }

    private static string Format(double rmse) => rmse.ToString("F5", CultureInfo.InvariantCulture);
}
