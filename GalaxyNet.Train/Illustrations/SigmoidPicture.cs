namespace GalaxyNet.Train;

/// <summary>The logistic function and its slope, and where it learns hardly anything.</summary>
internal static class SigmoidPicture
{
    /// <summary>A slope under this is called saturated.</summary>
    public const double LeastSlope = 0.02;

    private const double Height = 296;
    private const int Steps = 96;

    private static readonly Axes Axes = new(
        new Place(56, Canvas.Margin), Canvas.Width - 56 - Canvas.Margin, 214, new Interval(-8, 8), new Interval(0, 1));

    /// <summary>Where the slope y (1 - y) falls under <see cref="LeastSlope"/>, to the right of 0.</summary>
    public static double Edge
    {
        get
        {
            double y = (1 + Math.Sqrt(1 - (4 * LeastSlope))) / 2;
            return Math.Log(y / (1 - y));
        }
    }

    /// <summary>Draws it.</summary>
    public static Html Draw()
    {
        double[] x = [.. Axes.X.Steps(Steps)];
        double[] y = SigmoidReference.Forward(x);
        double[] slope = SigmoidReference.Backward(x, [.. x.Select(_ => 1.0)]);
        return Canvas.Of(
            "The logistic function rises from 0 to 1; its slope is a quarter in the middle and almost 0 at both sides",
            Height,
            Axes.Band(Axes.X.From, -Edge, "tint"),
            Axes.Band(Edge, Axes.X.To, "tint"),
            Axes.NumbersOfX(-8, -4, 0, 4, 8),
            Axes.NumbersOfY(0, 0.25, 0.5, 0.75, 1),
            Axes.Curve("first", x.Zip(y)),
            Axes.Curve("second", x.Zip(slope)),
            Labels());
    }

    private static Html Labels() => Html.Of(
        $"""
        {Saturated((-Edge + Axes.X.From) / 2)}
        {Saturated((Edge + Axes.X.To) / 2)}
        {Marks.Text(Axes.At(-0.5, 0.8), Marks.Symbol("y"), "end")}
        {Marks.Text(Axes.At(1.1, 0.34), "its slope")}
        {Marks.Text(Axes.At(1.1, 0.24), Html.Of($"{Marks.Symbol("y")} (1 − {Marks.Symbol("y")})"))}
        {Marks.Text(Axes.At(0, 0) + (0, 46), Marks.Symbol("x"), "middle")}
        """);

    private static Html Saturated(double x) => Html.Of(
        $"""
        {Marks.Text(Axes.At(x, 0.5), "saturated:", "small middle")}
        {Marks.Text(Axes.At(x, 0.5) + (0, 20), $"slope < {Marks.Number(LeastSlope)}", "small middle")}
        """);
}
