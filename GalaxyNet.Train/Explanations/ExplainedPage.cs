namespace GalaxyNet.Train;

/// <summary>
/// The page of <c>predict --explain</c>: what networks say of images, how sure they are, and where they looked. One
/// file that needs no other, no network connection and no script.
/// </summary>
internal sealed class ExplainedPage
{
    private const int Named = 20;

    /// <summary>The runs.</summary>
    public required IReadOnlyList<ExplainedRun> Runs { get; init; }

    /// <summary>The images, with their names and what is wrong with them.</summary>
    public required CroppedImages Images { get; init; }

    /// <summary>The images of <see cref="Images"/> in which no run sees anything.</summary>
    public required IReadOnlyList<int> Unseen { get; init; }

    /// <summary>True if all runs see the same of an image.</summary>
    public required bool HaveSameSight { get; init; }

    /// <summary>What there is to show.</summary>
    public required IReadOnlyList<Explanation> Explanations { get; init; }

    private string Title => $"What {Who} of {Explanations.Count:N0} "
        + $"{(Explanations.Count == 1 ? "image" : "images")}";

    private IEnumerable<ExplainedCard> Cards =>
        Explanations.Select(each => new ExplainedCard(each, Images, NotLearned));

    private IReadOnlyCollection<string> NotLearned =>
        [.. Runs.SelectMany(run => run.Options.UnknownClasses ?? []).Distinct()];

    private string Who => Runs switch
    {
        [var one] => $"{one.Name} says",
        [var one, var other] => $"{one.Name} and {other.Name} say",
        _ => $"{Runs.Count} runs say",
    };

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <exception cref="OutputException">The path cannot be written.</exception>
    public void Write(string path) => ToHtml().Write(path);

    private Html ToHtml() => Html.Page(
        Title,
        Html.Of($"{ReportStyle.Sheet}{ExplainedStyle.Sheet}"),
        Html.Of(
        $"""
        {Runs.Select(run => run.ToHtml())}
        {LeftOut()}
        <p>{Numbers()} {CutOff()}</p>
        <p>{Looks()} Orange is where covering it takes from the answer, so that the answer comes from there; blue where
        it adds to it.</p>
        <div class="scale"><span>-{100 * HeatMap.Full:F0} points or more</span><i></i>
        <span>+{100 * HeatMap.Full:F0} points or more</span></div>
        <ul class="contents">{Cards.Select(card => card.Entry)}</ul>
        {Cards.Select(card => card.ToHtml())}
        """));

    private Html LeftOut()
    {
        int shown = Explanations.Count, seen = Images.Count - Unseen.Count;
        var more = seen > shown
            ? Html.Of($"<p>These are the first {shown:N0} of {seen:N0} images: the table has them all.</p>")
            : default;
        if (Unseen.Count == 0)
            return more;
        var names = Unseen.Take(Named).Select((image, i) => Html.Of(
            $"{(i > 0 ? ", " : "")}<b>{Images.List.Images[image].Name}</b> ({WhyUnseen(image)})"));
        string others = Unseen.Count > Named ? $", and {Unseen.Count - Named:N0} more" : "";
        return Html.Of($"{more}<p>Not here, for nothing could be seen: {names}{others}.</p>");
    }

    private string WhyUnseen(int image) => Images.Errors[image] is null ? "dark" : "cannot be read";

    /// <summary>How to read the numbers.</summary>
    private Html Numbers() => Runs.Count == 1
        ? Html.Of(
            $"""
            A percentage is the predicted share of those volunteers who are asked the question. ± is its standard
            deviation over {Explainer.ViewCount} views of the image, turned and mirrored, in points of percent: where it
            is large, or few predictions agree, the network is unsure.
            """)
        : Html.Of(
            $"""
            A percentage is the predicted share of those volunteers who are asked the question, by the mean of the
            {Runs.Count} runs. ± is its standard deviation over {Runs.Count * Explainer.ViewCount} predictions, those of
            each run for {Explainer.ViewCount} views of the image, turned and mirrored, in points of percent: where it
            is large, or few predictions agree, the networks are unsure or contradict each other.
            """);

    /// <summary>How to read the pictures.</summary>
    private Html Looks()
    {
        string who = !HaveSameSight ? Runs[0].Name : Runs.Count == 1 ? "the network" : "the networks";
        string whose = HaveSameSight && Runs.Count > 1
            ? ", and the answers are those of the mean of all"
            : "";
        return Html.Of(
            $"""
            Where {who} looked: a patch in the color of the sky, an eighth of the image's side, was moved over the image
            that the network gets{whose}.{(HaveSameSight ? "" : OfOneRun)}
            """);
    }

    private string OfOneRun =>
        $" The runs get different images, so only {Runs[0].Name} was asked, and where it sees nothing, the first run "
        + "that sees something.";

    /// <summary>A word about outputs that contradict the tree, which only some networks can have.</summary>
    private Html CutOff()
    {
        if (Runs.All(run => run.Options.Settings.Output != OutputActivation.Notebook))
            return default;
        int all = Explanations.Sum(explanation => explanation.Answers.Count);
        int cut = Explanations.Sum(explanation => explanation.Answers.Count(answer => answer.IsCutOff));
        return Html.Of(
            $"""
            The outputs of {(Runs.Count == 1 ? "this network" : "some of these networks")} need not add up down the
            decision tree: an answer's output is divided by that of the answer before it and cut off at 0 and 100 %, as
            {cut:N0} of the {all:N0} shares here were.
            """);
    }
}
