using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>predict</c>: a submission to the challenge.</summary>
internal sealed class PredictCommand : Command
{
    private const string AsTheMean = "predicted as the mean";

    private readonly Option<string[]> runs = CommonOptions.Runs();
    private readonly Option<string> checkpoint = CommonOptions.Checkpoint();
    private readonly Option<int?> averageViews = CommonOptions.AverageViewsOfRun();
    private readonly Option<string> output = CommonOptions.Out("The table to write", "FILE.csv");
    private readonly Option<string> device = DeviceOption.Create();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<bool> skipBad = CommonOptions.SkipBad($"listed in FILE.skipped.txt and {AsTheMean}");

    private readonly Option<string> images = new Option<string>("--images")
    {
        Description = "A folder of images named <GalaxyID>.jpg",
        HelpName = "DIR",
        Required = true,
    }.OfPath();

    private readonly Terminal terminal;

    public PredictCommand(Terminal terminal)
        : base(
            "predict",
            "Predict the 37 vote fractions of every image, in the challenge's submission format.\n"
            + "Example: predict --run run4 --images galaxyzoo/images_test_rev1 --out submission.csv")
    {
        this.terminal = terminal;
        this.AddAll(runs, images, output, checkpoint, averageViews, device, skipBad, json);
        SetAction(Predict);
    }

    private void Predict(ParseResult result)
    {
        var ensemble = Ensemble.Open(result.GetRequiredValue(runs));
        var files = GalaxyFolder.OpenUnlabeled(result.GetRequiredValue(images));
        var datasets = ensemble.Load(plan => terminal.Load(files, plan, result.GetValue(skipBad), AsTheMean));
        var galaxies = datasets[0];
        var how = new Prediction(
            result.GetRequiredValue(device),
            CommonOptions.Named<CheckpointKind>(result.GetRequiredValue(checkpoint)),
            result.GetValue(averageViews));
        var predicted = ensemble.Predict(terminal, how, datasets, files.Labels.Ids);

        var submission = WithAll(files.Labels.Ids, predicted, ensemble.First.Options.ClassMeans);
        string path = result.GetRequiredValue(output);
        submission.Write(path);
        galaxies.Skipped.Save(Path.ChangeExtension(path, ProblemList.FileName));
        int count = submission.Ids.Count;
        if (result.GetValue(json))
            terminal.WriteJson(new { File = path, Predictions = count, DarkPictures = galaxies.DarkImages });
        else
            terminal.WriteLine($"{count} predictions written to {path}");
    }

    /// <summary>A submission needs every galaxy: the mean is predicted for an image that is dark or bad.</summary>
    private static Labels WithAll(IReadOnlyList<long> ids, Labels predicted, float[] means)
    {
        var indices = predicted.Ids.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return new Labels(
            ids, [.. ids.SelectMany(id => indices.TryGetValue(id, out int i) ? predicted[i].ToArray() : means)]);
    }
}
