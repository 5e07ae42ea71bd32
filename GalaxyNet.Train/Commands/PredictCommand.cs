using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>predict</c>: what a trained network says about images, also as a submission to the challenge.</summary>
internal sealed class PredictCommand : Command, ISharedCommand
{
    private const string AsTheMean = "predicted as the mean";
    private const string Empty = "left without a prediction";

    private readonly PredictionOptions prediction = new();
    private readonly PathOption<string> output = new("--out", PathRole.OutputFile, ".csv")
    {
        Description = "The table to write",
        HelpName = "FILE.csv",
        Required = true,
    };

    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<bool> skipBad = CommonOptions.SkipBad(
        $"listed in FILE.skipped.txt and {Empty}, or, in a submission, {AsTheMean}");

    private readonly PathOption<string[]> images = new("--images", PathRole.Images)
    {
        Description = "JPEG, PNG or FITS files, folders of them, or patterns like 'cutouts/*.fits', of any names",
        HelpName = "PATH",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> names = new("--names")
    {
        Description = "Name the columns as Galaxy Zoo 2's tables do, t01_smooth_or_features_a01_smooth and so on, "
            + "instead of Class1.1; the challenge does not take that",
    };

    private readonly ExplainOptions explain = new();
    private readonly Terminal terminal;
    private readonly ICollective processes;

    public PredictCommand(Terminal terminal, ICollective processes)
        : base(
            "predict",
            "Predict the 37 vote fractions of every image; in the challenge's submission format if all names are "
            + "numbers.\n"
            + "Example: predict --run run4 --images galaxyzoo/images_test_rev1 --out submission.csv")
    {
        (this.terminal, this.processes) = (terminal, processes);
        this.AddAll(
            [prediction.Runs, images, output, names, .. explain.All, .. prediction.How, skipBad, json]);
        SetAction(Predict);
    }

    private void Predict(ParseResult result)
    {
        string path = result.GetRequiredValue(output);
        string? badImages = OutputFile.IsStream(path) ? null : Path.ChangeExtension(path, ProblemList.FileName);
        if (badImages is not null && processes.Rank == 0)
            ProblemList.RequireOwn(badImages);
        var ensemble = prediction.Open(result);
        var how = prediction.Read(result);
        ensemble.RequireSame(processes, how);
        var shards = Shards.OfEach(processes);
        terminal.LogAdvice(shards.Machine);
        ensemble.LogNotLearned(terminal);
        var list = ImageList.Open(result.GetRequiredValue(images));
        var loaded = LoadImages(ensemble, list, shards, result.GetValue(skipBad));
        var predictions =
            ensemble.Predict(terminal, how, [.. loaded.Select(images => images.Seen)], shards).Fractions;
        if (processes.Rank > 0)
            return; // process 0 has all predictions, and writes them
        PredictionTable.Write(
            path, loaded[0], predictions, ensemble.First.Options.ClassMeans, result.GetValue(names));
        var problems = loaded[0].Problems;
        if (badImages is not null)
            problems.Save(badImages);
        int count = list.AreNumbered ? list.Images.Count : predictions.Count(prediction => prediction is not null);
        WriteResult(result.GetValue(json), path, count, loaded);
        explain.Explain(result, terminal, ensemble, how, loaded, predictions);
        if (!result.GetValue(skipBad) && problems.Count > 0)
            throw new UserErrorException(
                $"{path}: is written, with no prediction for what is bad (--skip-bad makes that no error): "
                + problems.Describe("bad images"));
    }

    private void WriteResult(bool asJson, string path, int count, IReadOnlyList<CroppedImages> loaded)
    {
        if (asJson)
            terminal.WriteJson(new
            {
                File = path,
                Predictions = count,
                DarkPictures = CroppedImages.DarkInAll(loaded).Select(image => image.Path),
                Bad = loaded[0].Problems.Count,
                Warnings = loaded[0].Warnings.Count(warning => warning != ImageWarnings.None),
            });
        else
            terminal.WriteLine($"{count} predictions written to {path}");
    }

    /// <summary>
    /// Loads the images for each run and says what there is to say. A submission invents rows for bad ones, if it may;
    /// in any other table they are left empty, so that it is written all the same.
    /// </summary>
    private IReadOnlyList<CroppedImages> LoadImages(
        Ensemble ensemble, ImageList list, Shards shards, bool maySkip)
    {
        if (list.PassedOver is { } passedOver)
            terminal.Log(passedOver);
        if (list.FirstWithoutNumber is { } unlike)
            terminal.Log($"{unlike.Path}: is not named by a number, so the table is no submission to the challenge");
        var loaded = ensemble.Load(plan => terminal.Load(list, plan, shards));
        loaded[0].RequireAny();
        var problems = loaded[0].Problems; // the same for every crop
        if (list.AreNumbered && !maySkip)
            problems.ThrowIfAny(canSkip: true);
        string consequence = list.AreNumbered ? AsTheMean : Empty;
        terminal.LogDark(CroppedImages.DarkInAll(loaded), consequence);
        terminal.LogWarnings(loaded[0]);
        if (maySkip)
            terminal.LogSkipped(problems, consequence);
        return loaded;
    }
}
