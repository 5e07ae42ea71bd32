using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Train;

/// <summary><c>evaluate</c>: how far a trained network's predictions are from the votes.</summary>
internal sealed class EvaluateCommand : Command, ISharedCommand
{
    private const string All = "all";
    private const string Test = "test";

    private readonly PredictionOptions prediction = new();
    private readonly PathOption<string> data = CommonOptions.Data();
    private readonly Option<bool> skipBad = CommonOptions.SkipBad("listed in RUN/evaluate-skipped.txt and left out");
    private readonly Option<bool> json = CommonOptions.Json();

    private readonly Option<string?> subset = new("--subset")
    {
        Description = "all: every galaxy; test: only those that training kept for the test, which is what is scored if "
            + "--data is what the run was trained on",
    };

    private readonly PathOption<string> figure = new("--figure", PathRole.OutputFile, [.. FigureFile.Endings])
    {
        Description = "Draw nine of the galaxies, with the most popular answers as predicted and as voted",
        HelpName = "FILE.png",
    };

    private readonly Terminal terminal;
    private readonly ICollective processes;

    public EvaluateCommand(Terminal terminal, ICollective processes)
        : base(
            "evaluate",
            "Score a trained network by the root mean square error over all images and classes.\n"
            + "Example: evaluate --run run4 --data galaxyzoo")
    {
        (this.terminal, this.processes) = (terminal, processes);
        subset.AcceptOnlyFromAmong(All, Test);
        this.AddAll([prediction.Runs, data, subset, .. prediction.How, skipBad, figure, json]);
        SetAction(Evaluate);
    }

    private void Evaluate(ParseResult result)
    {
        var ensemble = prediction.Open(result);
        var how = prediction.Read(result);
        ensemble.RequireSame(processes, how);
        string dataFolder = result.GetRequiredValue(data);
        var shards = Shards.OfEach(processes);
        terminal.LogAdvice(shards.Machine);
        var datasets = ensemble.Load(
            plan => terminal.Load(GalaxyFolder.Open(dataFolder), plan, result.GetValue(skipBad), shards));
        var galaxies = datasets[0];
        var folder = ensemble.First.Folder;
        if (processes.Rank == 0)
            folder.WriteSkippedByEvaluation(galaxies.Skipped, terminal.Log);
        var testPart = new TestPart(ensemble, datasets);
        foreach (string run in testPart.TrainedOnOtherImages)
            terminal.Log($"{dataFolder}: its images are not those that {run} was trained on, though the votes are");
        var (part, ids) = Part(result, testPart, galaxies);
        int trainedOn = testPart.CountTrainedOn(ids);
        SeenImages[] seen = [.. datasets.Select(dataset => new SeenImages(dataset.Images, dataset.PlacesOf(ids)))];
        var predicted = ensemble.Predict(terminal, how, seen, shards);
        if (processes.Rank > 0)
            return; // process 0 has all predictions, and tells of them
        string scored = part == Test ? $"the {ids.Count} test galaxies"
            : trainedOn == 0 ? $"all {ids.Count} galaxies"
            : $"all {ids.Count} galaxies, of which {trainedOn} were trained on";
        var report = new RunReport(
            folder.Name,
            ensemble.First.Options,
            galaxies,
            [.. seen[0].Places.Select(place => place!.Value)],
            [.. predicted.Fractions.SelectMany(fractions => fractions!)])
        {
            Subset = scored,
            Device = predicted.Device,
            History = folder.History,
        };
        terminal.LogFindings(report.Findings);
        if (ensemble.Members.Count == 1)
            folder.WriteReport(report, terminal.Log);
        if (result.GetValue(json))
            WriteJson(report.Score, part, trainedOn);
        else
            WriteText(report.Score, report.Guess, scored);
        if (result.GetValue(figure) is { } path)
            WriteFigure(path, galaxies, report.ByError);
    }

    /// <summary>The galaxies to score: those that all runs kept for the test if they have such, else all.</summary>
    /// <exception cref="UserErrorException">The part for the test is asked for, and there is none.</exception>
    private (string Part, IReadOnlyList<long> Ids) Part(
        ParseResult result, TestPart testPart, GalaxyDataset galaxies)
    {
        string? asked = result.GetValue(subset);
        if (asked != All)
        {
            string? problem = testPart.Find(out var ids);
            if (problem is null)
                return (Test, ids);
            if (asked == Test)
                throw new UserErrorException($"{result.GetRequiredValue(data)}: {problem}; leave out --subset test");
        }
        return (All, galaxies.Ids);
    }

    /// <summary>Draws the first galaxy of each kind, then others, so that the figure shows many kinds.</summary>
    private void WriteFigure(string path, GalaxyDataset galaxies, IReadOnlyList<PredictedGalaxy> predicted)
    {
        var answered = predicted.OrderBy(galaxy => galaxy.Index).Select(galaxy => new AnsweredGalaxy(
            galaxy.Id,
            galaxies.ToImage(galaxy.Index),
            MainAnswers.Of(galaxy.Predicted),
            MainAnswers.Of(galaxy.Voted))).ToList();
        var first = answered.DistinctBy(galaxy => string.Join('\n', galaxy.Voted.Select(answer => answer.Name)));
        AnswersFigure.Write(path, [.. first.Union(answered).Take(AnswersFigure.Count)]);
        terminal.Log($"Figure written to {path}");
    }

    private void WriteJson(Score score, string part, int trainedOn) => terminal.WriteJson(new
    {
        score.Rmse,
        Scored = part,
        score.Images,
        TrainedOn = trainedOn,
        RmsePerClass = DecisionTree.ClassNames
            .Zip(score.RmsePerClass, (name, rmse) => KeyValuePair.Create(name, NumberOrNull(rmse)))
            .ToDictionary(),
    });

    private void WriteText(Score score, Score guess, string scored)
    {
        terminal.WriteTable(
            ["class", "answer", " RMSE", " guessing the mean"],
            DecisionTree.ClassNames.Select((name, i) => new[]
            {
                name, DecisionTree.AnswerNames[i], Format(score.RmsePerClass[i]), Format(guess.RmsePerClass[i]),
            }));
        terminal.WriteLine(
            $"RMSE {Format(score.Rmse)} over {scored} (always guessing the mean: {Format(guess.Rmse)})");
    }

    /// <summary>JSON has no NaN for a class of which no vote is known.</summary>
    private static double? NumberOrNull(double rmse) => double.IsNaN(rmse) ? null : rmse;

    private static string Format(double rmse) =>
        double.IsNaN(rmse) ? "-" : rmse.ToString("F5", CultureInfo.InvariantCulture);
}
