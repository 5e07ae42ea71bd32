namespace GalaxyNet.Train;

/// <summary>The valley of <see cref="Descent"/> from above, and the path of a run.</summary>
internal static class DescentPanel
{
    private const double Top = 84; // of the first panel's frame
    private const double Step = 252; // from one panel to the next
    private const double Height = 172;
    private const double Dot = 3;
    private const int CurveSteps = 72;

    private static readonly double[] Levels = [2.5, 10, 40, 100];

    /// <summary>The height of a picture of so many panels.</summary>
    public static double HeightOfAll(int panels) => Top + ((panels - 1) * Step) + Height + 36;

    /// <summary>What all panels have in common, for the top of a picture.</summary>
    public static Html Heading()
    {
        var (x, y) = (Marks.Symbol("p", "0"), Marks.Symbol("p", "1"));
        string start = $"({Marks.Number(Descent.Start.X)}, {Marks.Number(Descent.Start.Y)})";
        return Marks.Text(
            new Place(Canvas.Margin, 32),
            Html.Of($"loss = ½ ({x}² + {Descent.Steepness} {y}²), {Descent.Steps} steps from {start}"));
    }

    /// <summary>One panel.</summary>
    /// <param name="place">0 for the first, 1 for the next below.</param>
    /// <param name="name">What moved, and how fast.</param>
    /// <param name="path">The points of the run.</param>
    public static Html Of(int place, Html name, IReadOnlyList<(double X, double Y)> path)
    {
        var axes = new Axes(
            new Place(Canvas.Margin, Top + (place * Step)),
            Canvas.Width - (2 * Canvas.Margin),
            Height,
            new Interval(-10, 3),
            new Interval(-2.33, 2.33));
        var end = path[^1];
        string reached = FormattableString.Invariant($"loss at the end: {Descent.Loss(end):G2}");
        return Html.Of(
            $"""
            {Marks.Text(axes.Corner + (0, -12), name)}
            {Marks.Rectangle(axes.Corner, axes.Width, axes.Height, "cell")}
            {axes.Clip(Levels.Select(level => axes.Curve("cell", Contour(level))))}
            {axes.Curve("first", path)}
            {path.Select(point => Marks.Circle(axes.At(point.X, point.Y), Dot, "full-first"))}
            {Marks.Circle(axes.At(0, 0), 6, "ring-second")}
            {Marks.Text(axes.At(Descent.Start.X, Descent.Start.Y) + (8, 4), "start", "small")}
            {Marks.Text(axes.At(0, 0) + (0, 24), "lowest", "small middle")}
            {Marks.Text(axes.Corner + (0, axes.Height + 22), AxisNames(), "small soft")}
            {Marks.Text(axes.Corner + (axes.Width, axes.Height + 22), reached, "end")}
            """);
    }

    private static Html AxisNames() => Html.Of($"{Marks.Symbol("p", "0")} →, {Marks.Symbol("p", "1")} ↑");

    /// <summary>The points of equal loss.</summary>
    private static IEnumerable<(double X, double Y)> Contour(double loss) =>
        from angle in new Interval(0, 2 * Math.PI).Steps(CurveSteps)
        let radius = Math.Sqrt(2 * loss)
        select (radius * Math.Cos(angle), radius * Math.Sin(angle) / Math.Sqrt(Descent.Steepness));
}
