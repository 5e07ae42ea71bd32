namespace GalaxyNet.Train;

/// <summary>From where to where an axis goes.</summary>
internal readonly record struct Interval(double From, double To)
{
    /// <summary>Equally many steps from one end to the other, both ends among them.</summary>
    public IEnumerable<double> Steps(int count)
    {
        var (from, to) = (From, To);
        return Enumerable.Range(0, count + 1).Select(i => from + ((to - from) * i / count));
    }
}

/// <summary>Axes, and curves between them.</summary>
/// <param name="Corner">The upper left corner of the space for curves.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="X">What it spans from left to right.</param>
/// <param name="Y">What it spans from the bottom to the top.</param>
internal sealed record Axes(Place Corner, double Width, double Height, Interval X, Interval Y)
{
    private const double LabelMargin = 8; // between a number and its axis
    private const double LabelHeight = 20; // from the axis down to the baseline of its numbers
    private const double HalfLetter = 5; // from the middle of a text down to its baseline

    /// <summary>Where a point is on the picture.</summary>
    public Place At(double x, double y) => new(
        Corner.X + (Width * (x - X.From) / (X.To - X.From)), Corner.Y + (Height * (Y.To - y) / (Y.To - Y.From)));

    /// <summary>A curve through points.</summary>
    public Html Curve(string kind, IEnumerable<(double X, double Y)> points) =>
        Marks.Line(kind, points.Select(point => At(point.X, point.Y)));

    /// <summary>What is drawn, without all that lies outside the axes.</summary>
    public Html Clip(params IEnumerable<Html> content) => Html.Of(
        $"""
        <svg x="{Corner.X:F1}" y="{Corner.Y:F1}" width="{Width:F1}" height="{Height:F1}"
          viewBox="{Corner.X:F1} {Corner.Y:F1} {Width:F1} {Height:F1}">
        {content}
        </svg>
        """);

    /// <summary>The part between two x, from the bottom to the top.</summary>
    public Html Band(double from, double to, string kind) =>
        Marks.Rectangle(At(from, Y.To), At(to, 0).X - At(from, 0).X, Height, kind);

    /// <summary>Numbers below, with a line from each to the top.</summary>
    public Html NumbersOfX(params IEnumerable<double> values) =>
        Html.Of($"{values.Select(x => Grid(x, At(x, Y.From), At(x, Y.To), (0, LabelHeight), "middle"))}");

    /// <summary>Numbers at the left, with a line from each to the right.</summary>
    public Html NumbersOfY(params IEnumerable<double> values) =>
        Html.Of($"{values.Select(y => Grid(y, At(X.From, y), At(X.To, y), (-LabelMargin, HalfLetter), "end"))}");

    private static Html Grid(
        double value, Place start, Place end, (double X, double Y) toLabel, string anchor) => Html.Of(
        $"""
        {Marks.Line("grid", start, end)}
        {Marks.Text(start + toLabel, Marks.Number(value), $"small soft {anchor}")}

        """);
}
