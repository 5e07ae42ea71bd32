using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>
/// The page of <c>predict --explain</c>: what a network says of images, how sure it is, and where it looked. One file
/// that needs no other, no network and no script.
/// </summary>
internal sealed class ExplainedPage
{
    /// <summary>What the run is called.</summary>
    public required string Run { get; init; }

    /// <summary>What it was made with.</summary>
    public required RunOptions Options { get; init; }

    /// <summary>Its finished epochs; empty if they are not known.</summary>
    public required IReadOnlyList<EpochResult> History { get; init; }

    /// <summary>The images.</summary>
    public required GalaxyDataset Galaxies { get; init; }

    /// <summary>How they were covered.</summary>
    public required Occlusion Occlusion { get; init; }

    /// <summary>What there is to show.</summary>
    public required IReadOnlyList<Explanation> Explanations { get; init; }

    private string Title => $"What {Run} says of {Explanations.Count:N0} "
        + $"{(Explanations.Count == 1 ? "image" : "images")}";

    private string Score => History is [.., var last]
        ? $"RMSE {last.Rmse.ToString("F5", CultureInfo.InvariantCulture)} over its "
            + (Options.TestImages > 0 ? $"{Options.TestImages:N0} test galaxies" : "training galaxies")
        : "RMSE unknown";

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public void Write(string path) => ToHtml().Write(path);

    private Html ToHtml() => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>
        <title>{Title}: GalaxyNet</title>
        <style>{ReportStyle.Sheet}{ExplainedStyle.Sheet}</style>
        </head>
        <body>
        <h1>{Title}</h1>
        <p>{Run} is {RunTitle.Of(Options, History.Count)}: {Score}. Trained on {RunTitle.Devices(Options)};
        {RunTitle.Settings(Options)}.</p>
        {LeftOut()}
        {HowToRead()}
        <ul class="contents">{Explanations.Select(ExplainedCard.Entry)}</ul>
        {Explanations.Select(explanation => ExplainedCard.Of(explanation, Galaxies, Occlusion))}
        </body>
        </html>

        """);

    private Html LeftOut()
    {
        int shown = Explanations.Count;
        var more = Galaxies.Count > shown
            ? Html.Of($"<p>These are the first {shown:N0} of {Galaxies.Count:N0} images: the table has them all.</p>")
            : default;
        int bad = Galaxies.DarkImages.Count + Galaxies.Skipped.Count;
        return bad == 0
            ? more
            : Html.Of($"{more}<p>{bad:N0} dark or bad images are not here: nothing could be seen in them.</p>");
    }

    private Html HowToRead() => Html.Of(
        $"""
        <p>A percentage is the predicted share of those volunteers who are asked the question. ± is its standard
        deviation over {Explainer.ViewCount} views of the image, turned and mirrored, in points of percent: where it is
        large, or few views agree, the network is unsure. {CutOff()}</p>
        <p>Where the network looked: a patch of {Occlusion.Patch} x {Occlusion.Patch} pixels in the color of the sky was
        moved over the image of {Galaxies.Size} x {Galaxies.Size} pixels that the network gets. Orange is where covering
        it takes from the answer, so that the answer comes from there; blue where it adds to it.</p>
        <div class="scale"><span>-{100 * HeatMap.Full:F0} points or more</span><i></i>
        <span>+{100 * HeatMap.Full:F0} points or more</span></div>
        """);

    /// <summary>A word about outputs that contradict the tree, which only some networks can have.</summary>
    private Html CutOff()
    {
        int all = Explanations.Sum(explanation => explanation.Answers.Count);
        int cut = Explanations.Sum(explanation => explanation.Answers.Count(answer => answer.IsCutOff));
        return Options.Settings.Output == OutputActivation.Notebook
            ? Html.Of(
                $"""
                The outputs of this network need not add up down the decision tree: an answer's output is divided by
                that of the answer before it and cut off at 0 and 100 %, as {cut:N0} of the {all:N0} shares here were.
                """)
            : default;
    }
}
