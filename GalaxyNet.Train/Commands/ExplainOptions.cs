using System.CommandLine;
using System.Diagnostics;

namespace GalaxyNet.Train;

/// <summary>The options of <c>predict</c> for a page that explains its predictions.</summary>
internal sealed class ExplainOptions
{
    private readonly PathOption<string> page = new("--explain", PathRole.OutputFile, ".html", ".htm")
    {
        Description = "Also write a page that shows the images with their answers in words, how far views of an image "
            + "and runs differ, and where the network looked",
        HelpName = "PAGE.html",
    };

    private readonly NumberOption<int> most = new NumberOption<int>("--explain-images")
    {
        Description = "The number of images on that page, at most: each takes some 240 predictions of each run",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    }.AtLeast(1);

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [page, most];

    /// <summary>Writes the page, if it was asked for.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="terminal">Shows the progress, and is told how fast it was.</param>
    /// <param name="ensemble">The runs.</param>
    /// <param name="how">How they predicted.</param>
    /// <param name="loaded">The images, loaded for each run.</param>
    /// <param name="predictions">The 37 fractions of each image; null where no run sees anything.</param>
    /// <exception cref="OutputException">The page cannot be written.</exception>
    public void Explain(
        ParseResult result,
        Terminal terminal,
        Ensemble ensemble,
        Prediction how,
        IReadOnlyList<CroppedImages> loaded,
        IReadOnlyList<float[]?> predictions)
    {
        if (result.GetValue(page) is not { } path)
            return;
        int[] explained = [.. Explainer.Choose(predictions, result.GetValue(most))];
        var seen = loaded.Distinct().ToDictionary(images => images, images => images.SeenOf(explained));
        Sight[] sights =
        [
            .. ensemble.Members.Zip(loaded, (member, images) =>
                new Sight(member.Folder.Name, seen[images], member.Options.Plan.Network.InputShape)),
        ];
        var explainer = new Explainer(sights, predictions, result.GetValue(most));
        var watch = Stopwatch.StartNew();
        foreach (var (member, sight) in ensemble.Members.Zip(sights))
            member.Use(
                terminal,
                how,
                MachineShare.OfOneProcess,
                network => Ask(terminal, explainer, sight, network, member.Options.Plan));
        double seconds = watch.Elapsed.TotalSeconds;
        var written = PageOf(ensemble, how, loaded[0], predictions, explainer);
        written.Write(path);
        int count = written.Explanations.Count, all = predictions.Count - written.Unseen.Count;
        string some = count < all ? $"the first {count:N0} of {all:N0}" : $"{count:N0}";
        terminal.Log(
            $"{path} explains {some} images: {explainer.Predicted:N0} predictions, "
            + $"{explainer.Predicted / seconds:N0} images/s");
    }

    private static ExplainedPage PageOf(
        Ensemble ensemble,
        Prediction how,
        CroppedImages images,
        IReadOnlyList<float[]?> predictions,
        Explainer explainer) => new()
        {
            Runs =
            [
                .. ensemble.Members.Select(member => new ExplainedRun(
                    member.Folder.Name, member.Options, member.Folder.History, how.Checkpoint)),
            ],
            Images = images,
            Unseen = [.. Enumerable.Range(0, predictions.Count).Where(image => predictions[image] is null)],
            HaveSameSight = explainer.HaveSameSight,
            Explanations = explainer.Explain(),
        };

    private static void Ask(Terminal terminal, Explainer explainer, Sight sight, Sequential network, TrainingPlan plan)
    {
        terminal.Track(
            "Explaining", progress => explainer.Ask(sight, Predict, progress, terminal.Cancellation));

        float[] Predict(ImageBlock images, int[] chosen, Pose view)
        {
            using var loop = new BatchLoop(network, images, targets: [], plan.Interpolation);
            return loop.Predict(chosen, [view], cancellation: terminal.Cancellation);
        }
    }
}
