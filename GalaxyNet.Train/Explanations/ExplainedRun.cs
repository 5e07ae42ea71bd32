using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>One of the runs that an <see cref="ExplainedPage"/> is of, in words.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Options">What it was made with.</param>
/// <param name="History">Its finished epochs; empty if they are not known.</param>
/// <param name="Checkpoint">Which of its weights predicted.</param>
internal sealed record ExplainedRun(
    string Name, RunOptions Options, IReadOnlyList<EpochResult> History, CheckpointKind Checkpoint)
{
    /// <summary>What was trained, how well it scores, where, and with which settings.</summary>
    public Html ToHtml() => Html.Of(
        $"""
        <p>{Name} is {RunTitle.Of(Options, History.Count)}{Score}. Trained on {RunTitle.Devices(Options)};
        {RunTitle.Settings(Options)}.</p>
        {NotLearned}

        """);

    private Html NotLearned => Options.NotLearned is { } what
        ? Html.Of($"""<p class="beware">Beware: {what}, so what it says there means nothing.</p>""")
        : default;

    private string Score => (Checkpoint, History) switch
    {
        (_, []) => ": RMSE unknown",
        (CheckpointKind.Best, _) when History.MinBy(epoch => epoch.Rmse) is { } best =>
            $", of which epoch {best.Epoch} was the best and is used: {RmseOf(best)}",
        _ => $": {RmseOf(History[^1])}",
    };

    private string RmseOf(EpochResult epoch) =>
        $"RMSE {epoch.Rmse.ToString("F5", CultureInfo.InvariantCulture)} over its {Options.ScoredPart} galaxies"
        + (Options.Settings.AverageViews > Options.Settings.ViewsOfEpoch ? ", by one view of each" : "");
}
