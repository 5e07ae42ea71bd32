namespace GalaxyNet.Train;

/// <summary>A value to compare a curve with, and its name.</summary>
internal sealed record ChartLine(string Name, double Value);

/// <summary>A curve over the epochs, as inline SVG.</summary>
internal static class LineChart
{
    private const double Width = 480;
    private const double Height = 264;
    private const double Left = 76;
    private const double Right = 14;
    private const double Top = 12;
    private const double Bottom = 52;
    private const double TitleMargin = 16; // between an axis's title and the edge
    private const double LabelMargin = 8; // between a number and its axis
    private const double LabelHeight = 20; // from the axis down to the baseline of its numbers
    private const double HalfLetter = 5; // from the middle of a text down to its baseline
    private const int LeastLines = 3;
    private const int MostLabels = 8;
    private const double LeastSpan = 1e-6; // of a curve that is flat

    /// <summary>The curve of one value for each epoch; the axis starts at zero and has the value's name.</summary>
    /// <param name="title">The title.</param>
    /// <param name="axis">The value's name.</param>
    /// <param name="values">[epochs].</param>
    /// <param name="comparison">A dashed line across the chart; null for none.</param>
    public static Html Of(string title, string axis, IReadOnlyList<double> values, ChartLine? comparison = null)
    {
        double highest = Math.Max(values.Max(), comparison?.Value ?? 0);
        double step = RoundStep(Math.Max(highest, LeastSpan) / LeastLines);
        int lines = (int)Math.Ceiling(highest / step);
        double top = Math.Max(lines, 1) * step;
        var points = values.Select((value, i) => Point(i, values.Count, value, top));
        int labelStep = (values.Count + MostLabels - 1) / MostLabels;
        return Html.Of(
            $"""
            <figure><figcaption>{title}</figcaption>
            <svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}">
            {Enumerable.Range(0, lines + 1).Select(line => GridLine(line * step, top))}
            {Enumerable.Range(0, values.Count).Where(i => i % labelStep == 0).Select(i => EpochLabel(i, values.Count))}
            {AxisTitles(axis)}
            {(comparison is null ? default : Comparison(comparison, top))}
            <polyline class="curve" points="{string.Join(' ', points)}"/>
            {values.Select((value, i) => Dot(i, values.Count, value, top))}
            </svg></figure>
            """);
    }

    /// <summary>1, 2 or 5 times a power of ten, at most the step that was asked for.</summary>
    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power) switch { < 2 => 1, < 5 => 2, _ => 5 };
    }

    private static double X(int epoch, int count) =>
        count == 1 ? Left + ((Width - Left - Right) / 2) : Left + ((Width - Left - Right) * epoch / (count - 1));

    private static double Y(double value, double top) => Height - Bottom - ((Height - Top - Bottom) * value / top);

    private static string Point(int epoch, int count, double value, double top) =>
        FormattableString.Invariant($"{X(epoch, count):F1},{Y(value, top):F1}");

    private static Html Dot(int epoch, int count, double value, double top) => Html.Of(
        $"""
        <circle class="dot" r="3" cx="{X(epoch, count):F1}" cy="{Y(value, top):F1}">
        <title>epoch {epoch + 1}: {value:F5}</title></circle>
        """);

    private static Html GridLine(double value, double top) => Html.Of(
        $"""
        <line class="grid" x1="{Left}" x2="{Width - Right}" y1="{Y(value, top):F1}" y2="{Y(value, top):F1}"/>
        <text class="number" x="{Left - LabelMargin}" y="{Y(value, top) + HalfLetter:F1}">{value:G3}</text>
        """);

    private static Html Comparison(ChartLine line, double top)
    {
        double y = Y(line.Value, top);
        double text = y - LabelMargin < Top + LabelHeight ? y + LabelHeight : y - LabelMargin;
        return Html.Of(
            $"""
            <line class="comparison" x1="{Left}" x2="{Width - Right}" y1="{y:F1}" y2="{y:F1}"/>
            <text class="number" x="{Width - Right}" y="{text:F1}">{line.Name}: {line.Value:F4}</text>
            """);
    }

    private static Html EpochLabel(int epoch, int count) => Html.Of(
        $"""<text class="middle" x="{X(epoch, count):F1}" y="{Height - Bottom + LabelHeight}">{epoch + 1}</text>""");

    private static Html AxisTitles(string axis)
    {
        const double MiddleX = (Left + Width - Right) / 2;
        const double MiddleY = (Top + Height - Bottom) / 2;
        return Html.Of(
            $"""
            <text class="middle" x="{MiddleX}" y="{Height - HalfLetter}">epoch</text>
            <text class="middle" transform="translate({TitleMargin} {MiddleY}) rotate(-90)">{axis}</text>
            """);
    }
}
