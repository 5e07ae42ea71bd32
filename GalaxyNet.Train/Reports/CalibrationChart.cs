using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>Predicted shares beside votes, as inline SVG.</summary>
internal static class CalibrationChart
{
    private const double Side = 220; // of the square from 0 to 1
    private const double Left = 44;
    private const double Top = 8;
    private const double Width = Left + Side + 8;
    private const double Height = Top + Side + 56;
    private const double CountsLine = Top + Side + 13;
    private const double NumbersLine = CountsLine + 17;

    /// <summary>A point for each bin that is not empty, with its count below.</summary>
    public static Html Of(Question question, CalibrationBin[] bins)
    {
        var full = bins.Index().Where(bin => bin.Item.Count > 0).ToList();
        string label = $"Calibration of question {question.Number}";
        return Html.Of(
            $"""
            <svg class="chart calibration" viewBox="0 0 {Width} {Height}" role="img" aria-label="{label}">
            {new[] { 0, 0.5, 1 }.Select(GridLines)}
            <line class="ideal" x1="{X(0)}" y1="{Y(0)}" x2="{X(1)}" y2="{Y(1)}"/>
            <polyline class="curve" points="{string.Join(' ', full.Select(bin => Point(bin.Item)))}"/>
            {full.Select(bin => Dot(bin.Item))}
            {full.Select(bin => Count(bin.Index, bin.Item.Count))}
            <text class="middle" x="{X(0.5)}" y="{Height - 5}">predicted share, and how many</text>
            <text class="middle" transform="translate(12 {Y(0.5)}) rotate(-90)">mean vote</text>
            </svg>
            """);
    }

    private static double X(double share) => Left + (Side * share);

    private static double Y(double share) => Top + (Side * (1 - share));

    private static string Point(CalibrationBin bin) =>
        FormattableString.Invariant($"{X(bin.Predicted):F1},{Y(bin.Voted):F1}");

    private static Html GridLines(double share) => Html.Of(
        $"""
        <line class="grid" x1="{X(0)}" x2="{X(1)}" y1="{Y(share)}" y2="{Y(share)}"/>
        <line class="grid" x1="{X(share)}" x2="{X(share)}" y1="{Y(0)}" y2="{Y(1)}"/>
        <text class="number" x="{Left - 6}" y="{Y(share) + 4}">{share:0.#}</text>
        <text class="middle" x="{X(share)}" y="{NumbersLine}">{share:0.#}</text>
        """);

    private static Html Dot(CalibrationBin bin) => Html.Of(
        $"""
        <circle class="bin" r="4" cx="{X(bin.Predicted):F1}" cy="{Y(bin.Voted):F1}">
        <title>{bin.Count:N0} predictions of {bin.Predicted:F3} on average: {bin.Voted:F3} of the votes</title></circle>
        """);

    private static Html Count(int bin, int count)
    {
        double middle = X((bin + 0.5) / VoteCalibration.Bins);
        return Html.Of($"""<text class="count" x="{middle:F1}" y="{CountsLine}">{Short(count)}</text>""");
    }

    /// <summary>A count in at most four letters.</summary>
    private static string Short(int count) => count switch
    {
        < 1_000 => $"{count}",
        < 9_950 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:F1}k"),
        < 999_500 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:F0}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:F1}M"),
    };
}
