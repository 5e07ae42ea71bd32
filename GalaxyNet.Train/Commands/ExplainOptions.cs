using System.CommandLine;
using System.Diagnostics;

namespace GalaxyNet.Train;

/// <summary>The options of <c>predict</c> for a page that explains its predictions.</summary>
internal sealed class ExplainOptions
{
    private readonly Option<string> page = new Option<string>("--explain")
    {
        Description = "Also write a page that shows the images with their answers in words, how far views of an image "
            + "differ, and where the network looked",
        HelpName = "PAGE.html",
    }.OfPath();

    private readonly Option<int> images = new Option<int>("--explain-images")
    {
        Description = "The number of images on that page, at most: each takes some 240 predictions",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    }.AtLeast(1);

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [page, images];

    /// <summary>Writes the page, if it was asked for.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="terminal">Shows the progress, and is told how fast it was.</param>
    /// <param name="folder">The run.</param>
    /// <param name="options">What it was made with.</param>
    /// <param name="network">Its network.</param>
    /// <param name="galaxies">The images.</param>
    /// <param name="predictions">What is predicted for them: [galaxies, 37].</param>
    /// <exception cref="UserErrorException">The page cannot be written.</exception>
    public void Explain(
        ParseResult result,
        Terminal terminal,
        RunFolder folder,
        RunOptions options,
        Sequential network,
        GalaxyDataset galaxies,
        float[] predictions)
    {
        if (result.GetValue(page) is not { } path)
            return;
        int count = Math.Min(result.GetValue(images), galaxies.Count);
        var explainer = new Explainer(Predict, galaxies);
        var watch = Stopwatch.StartNew();
        var explanations = terminal.Track("Explaining", progress =>
            explainer.Explain(count, predictions, progress, terminal.Cancellation));
        double seconds = watch.Elapsed.TotalSeconds;
        new ExplainedPage
        {
            Run = folder.Name,
            Options = options,
            History = folder.History,
            Galaxies = galaxies,
            Occlusion = explainer.Occlusion,
            Explanations = explanations,
        }.Write(path);
        string some = count < galaxies.Count ? $"the first {count:N0} of {galaxies.Count:N0}" : $"{count:N0}";
        terminal.Log(
            $"{path} explains {some} images: {explainer.Predicted:N0} predictions, "
            + $"{explainer.Predicted / seconds:N0} images/s");

        float[] Predict(ReadOnlyMemory<byte> pixels, int number, Pose view)
        {
            using var loop = new BatchLoop(network, new ImageBlock(pixels, options.Plan.CropShape), [], options.Plan.Interpolation);
            return loop.Predict([.. Enumerable.Range(0, number)], [view], cancellation: terminal.Cancellation);
        }
    }
}
