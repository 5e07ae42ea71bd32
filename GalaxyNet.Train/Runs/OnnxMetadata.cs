using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>
/// What an ONNX file says of a run's network, so that others know what to give it and what it answers.
/// </summary>
internal static class OnnxMetadata
{
    /// <summary>The network in a sentence.</summary>
    public static string Describe(Ensemble.Member run) =>
        $"Predicts the shares of the {DecisionTree.ClassCount} answers of Galaxy Zoo's volunteers on a galaxy: attempt "
        + $"{run.Options.Settings.Attempt} of GalaxyNet, trained on {run.Options.TrainImages} galaxies. The metadata "
        + "say what it has to be given.";

    /// <summary>All else, by names.</summary>
    /// <param name="run">The run.</param>
    /// <param name="checkpoint">Which of its weights are in the file.</param>
    public static IReadOnlyDictionary<string, string> Of(Ensemble.Member run, CheckpointKind checkpoint)
    {
        var (settings, plan) = (run.Options.Settings, run.Options.Plan);
        var metadata = new Dictionary<string, string>
        {
            ["attempt"] = Text(settings.Attempt),
            ["run"] = run.Folder.Name,
            ["checkpoint"] = CommonOptions.NameOf(checkpoint),
            ["crop"] = plan.Crop.Name,
            ["crop_size"] = Text(plan.Size),
            ["crop_in_words"] = $"{plan.Crop.InWords}; scaled to {Pixels(plan.Size)} as by OpenCV's INTER_AREA",
            ["size"] = Text(plan.Network.InputShape[1]),
            ["size_in_words"] = SizeInWords(plan),
            ["channels"] = plan.Crop.Channels == 1 ? "gray" : "red,green,blue",
            ["scaling"] = "byte / 255",
            ["output"] = CommonOptions.NameOf(settings.Output),
            ["classes"] = string.Join(',', run.Options.ClassNames),
            ["views"] = Text(settings.AverageViews),
            ["views_in_words"] = ViewsInWords(settings.AverageViews),
        };
        if (run.Options.NotLearned is { } what)
            metadata.Add("not_learned", what);
        return metadata;
    }

    private static string SizeInWords(TrainingPlan plan)
    {
        int size = plan.Network.InputShape[1];
        return size == plan.Size
            ? $"the whole crop, {Pixels(size)}"
            : $"the middle {Pixels(size)} of the crop, from row and column {(plan.Size - size) / 2} on";
    }

    private static string ViewsInWords(int views) => views == 1
        ? "the program predicts from one view of an image, as this graph does"
        : $"the program averages the predictions for {views} views of an image, turned and mirrored; this graph "
            + "predicts for one";

    private static string Pixels(int side) => $"{side}x{side} pixels";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
