using System.Text.Json;

namespace GalaxyNet.Train;

/// <summary>The page of a <see cref="RunReport"/>: one file that needs no other, no network and no script.</summary>
internal static class ReportPage
{
    private const int Shown = 6; // galaxies of a kind

    /// <summary>The whole page.</summary>
    public static Html Of(RunReport report) => Html.Page(
        $"{report.Name}: {RunTitle.Of(report.Options, report.History.Count)}",
        ReportStyle.Sheet,
        Html.Of(
        $"""
        <p>{Trained(report.Options)}</p>
        {Warnings(report.Findings)}
        {Summary(report)}
        {Curves(report)}
        <h2>Error by question and class</h2>
        <p>Root mean square errors over {report.Subset}: <span class="key predicted"></span> the network,
        <span class="key guess"></span> always guessing the mean votes of training.</p>
        {ErrorTable.Of(report)}
        {QuestionCards.Of(report)}
        {Galaxies("The largest errors", report, report.ByError.Take(Shown))}
        {Galaxies("The smallest errors", report, report.ByError.Reverse().Take(Shown), OfTheSmallest(report))}
        {Tree(report)}
        {Options(report.Options)}
        """));

    private static string Trained(RunOptions options) =>
        $"Trained on {RunTitle.Devices(options)}; {RunTitle.Settings(options)}.";

    private static Html Warnings(IReadOnlyList<Finding> findings) => findings.Count == 0
        ? default
        : Html.Of($"""<div class="warnings">{findings.Select(Warning)}</div>""");

    private static Html Warning(Finding finding) =>
        Html.Of($"<p><b>{finding.What}.</b> What to do: {finding.Remedy}.</p>");

    /// <summary>A small error says nothing good of a network with which something is wrong.</summary>
    private static string OfTheSmallest(RunReport report) => report.Findings.Count == 0
        ? ""
        : "Mind the warning at the top: these galaxies may only happen to be like what the network says of many. ";

    private static Html Summary(RunReport report) => Html.Of(
        $"""
        <div class="tiles">
        {Tile("RMSE", $"{report.Score.Rmse:F5}", $"over {report.Subset}")}
        {Tile("guessing the mean", $"{report.Guess.Rmse:F5}", "RMSE of the same prediction for all")}
        {Tile("galaxies", $"{report.Score.Images:N0}", $"scored; {report.Options.TrainImages:N0} trained")}
        {Tile("epochs", $"{report.History.Count}", $"of attempt {report.Options.Settings.Attempt}{Ending(report)}")}
        {Tile("trained on", RunTitle.Devices(report.Options), Speed(report.History))}
        {Tile("scored on", report.Device, "which computed these predictions")}
        </div>
        """);

    private static string Ending(RunReport report) => report.Options.Plan.StoppedAfter(report.History) is { } stopping
        ? $"; stopped early, and epoch {stopping.BestEpoch} was the best"
        : "";

    private static string Speed(IReadOnlyList<EpochResult> history) =>
        history.Count > 0 ? $"{history.Average(epoch => epoch.ImagesPerSecond):F0} images a second" : "speed unknown";

    private static Html Tile(string name, string value, string note) => Html.Of(
        $"""<div class="tile"><span>{name}</span><b>{value}</b><small>{note}</small></div>""");

    private static Html Curves(RunReport report)
    {
        var history = report.History;
        if (history.Count == 0)
            return Html.Of($"<p>The history of the run is missing, so there are no curves.</p>");
        return Html.Of(
            $"""
            <div class="pair">
            {LineChart.Of("Loss in training, by epoch", "loss", [.. history.Select(epoch => epoch.Loss)])}
            {LineChart.Of(
                $"RMSE of the {report.Options.ScoredPart} galaxies, by epoch",
                "RMSE",
                [.. history.Select(epoch => epoch.Rmse)],
                report.GuessOfHistory is { } guess ? new ChartLine("always guessing the mean", guess) : null)}
            </div>
            """);
    }

    private static Html Galaxies(
        string title, RunReport report, IEnumerable<PredictedGalaxy> galaxies, string note = "") => Html.Of(
        $"""
        <h2>{title}</h2>
        <p>{note}The four answers that are furthest off: <span class="key predicted"></span> predicted,
        <span class="key voted"></span> voted.</p>
        <div class="cards">{galaxies.Select(galaxy => GalaxyCard.Of(report.Galaxies, galaxy))}</div>
        """);

    /// <summary>The decision tree of the galaxy with the median error: from left to right on a wide page.</summary>
    private static Html Tree(RunReport report)
    {
        var galaxy = report.ByError[report.ByError.Count / 2];
        return Html.Of(
            $"""
            <h2>The decision tree of galaxy {galaxy.Id}</h2>
            <div class="whole">{GalaxyCard.Image(report.Galaxies, galaxy)}
            <p>Its error, {galaxy.Rmse:F4}, is the median. The numbers are the share of all voters who gave an answer:
            <span class="key predicted"></span> predicted / <span class="key voted"></span> voted.
            A line leads from an answer to the next question: the more voters take it, the wider it is.</p></div>
            {WideTree.Of(galaxy)}
            {TallTree.Of(galaxy)}
            """);
    }

    /// <summary>What the run was made with, as <c>options.json</c> calls it.</summary>
    private static Html Options(RunOptions options)
    {
        var settings = JsonSerializer.SerializeToElement(options.Settings, JsonFormat.Options);
        return Html.Of(
            $"""
            <h2>Options</h2>
            <table class="options"><tbody>
            {settings.EnumerateObject().Select(setting => OptionRow(setting.Name, setting.Value.ToString()))}
            {OptionRow("crop", options.Crop)}{OptionRow("size", $"{options.Size}")}
            {OptionRow("train_images", $"{options.TrainImages}")}{OptionRow("test_images", $"{options.TestImages}")}
            {OptionRow("data_digest", options.DataDigest)}
            {(options.From is { } from ? OptionRow("from", $"{from.Source} ({from.Digest})") : default)}
            </tbody></table>
            """);
    }

    private static Html OptionRow(string name, string value) => Html.Of($"<tr><td>{name}</td><td>{value}</td></tr>\n");
}
