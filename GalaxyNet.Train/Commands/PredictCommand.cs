using System.CommandLine;
using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary><c>predict</c>: a submission to the challenge.</summary>
internal sealed class PredictCommand : Command
{
    private readonly Option<string> run = CommonOptions.Run();
    private readonly Option<int?> averageViews = CommonOptions.AverageViewsOfRun();
    private readonly Option<string> output = CommonOptions.Out("The table to write", "FILE.csv");
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<bool> json = CommonOptions.Json();

    private readonly Option<bool> skipBad = CommonOptions.SkipBad("listed in FILE.skipped.txt and answered with the mean");

    private readonly Option<string> images = new Option<string>("--images")
    {
        Description = "A folder of images named <GalaxyID>.jpg",
        HelpName = "DIR",
        Required = true,
    }.OfPath();

    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public PredictCommand(Terminal terminal)
        : base(
            "predict",
            "Predict the 37 vote fractions of every image, in the challenge's submission format.\n"
            + "Example: predict --run run4 --images galaxyzoo/images_test_rev1 --out submission.csv")
    {
        this.terminal = terminal;
        Add(run);
        Add(images);
        Add(output);
        Add(averageViews);
        Add(device);
        Add(skipBad);
        Add(json);
        SetAction(Predict);
    }

    private void Predict(ParseResult result)
    {
        var folder = new RunFolder(result.GetRequiredValue(run));
        var options = folder.ReadOptions();
        using var opened = Device.Open(CommonOptions.ToDeviceKind(result.GetRequiredValue(device)));
        using var network = folder.LoadNetwork(opened);
        string imagesFolder = result.GetRequiredValue(images);
        var galaxies = terminal.LoadUnlabeled(
            imagesFolder, GalaxyCrop.Named(options.Crop), options.Size, result.GetValue(skipBad));
        int[] all = [.. Enumerable.Range(0, galaxies.Count)];
        float[] predictions = terminal.Predict(network, galaxies, all, options.Settings, result.GetValue(averageViews));

        var answers = WithTheOthers(imagesFolder, new Labels(galaxies.Ids, predictions), options.ClassMeans);
        string path = result.GetRequiredValue(output);
        answers.Write(path);
        SkippedFile.Write(Path.ChangeExtension(path, SkippedFile.Name), galaxies.Skipped);
        if (result.GetValue(json))
            terminal.WriteJson(new { File = path, Predictions = answers.Ids.Count, galaxies.DarkImages });
        else
            terminal.WriteLine($"{answers.Ids.Count} predictions written to {path}");
    }

    /// <summary>A submission needs every galaxy: of an image that is dark or bad, the mean is said.</summary>
    private static Labels WithTheOthers(string imagesFolder, Labels predicted, float[] means)
    {
        var places = predicted.Ids.Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place);
        long[] ids = [.. GalaxyFolder.ListImages(imagesFolder, new ProblemList()).Select(file => file.Id)];
        return new Labels(
            ids, [.. ids.SelectMany(id => places.TryGetValue(id, out int place) ? predicted[place].ToArray() : means)]);
    }
}
