namespace GalaxyNet.Train;

/// <summary>The window on the input and the output pixel that it makes, at all places of the window.</summary>
internal static class ConvolutionPicture
{
    private const double Height = 392;
    private const double Side = 38;
    private const double SmallSide = 30;

    private static readonly NumberGrid X = new(ConvolutionExample.X, new Place(28, 46), Side);
    private static readonly NumberGrid W = new(ConvolutionExample.W, new Place(182, 65), Side);
    private static readonly NumberGrid B = new(new[,] { { ConvolutionExample.B } }, new Place(298, 84), Side);
    private static readonly NumberGrid Y = new(ConvolutionExample.Y, new Place(404, 59), 44);

    /// <summary>Draws it.</summary>
    public static Html Draw() => Canvas.Of(
        "A window of 2 by 2 pixels on the input, times the filter, plus the bias, is one pixel of the output; "
        + "the window then moves to its other three places",
        Height,
        FirstPlace(),
        Marks.Text(new Place(Canvas.Width / 2, 194), FirstSum(), "middle"),
        Marks.Text(new Place(Canvas.Width / 2, 240), "The same filter at the window's other places:", "small middle"),
        OtherPlace(0, 1, left: 42),
        OtherPlace(1, 0, left: 215),
        OtherPlace(1, 1, left: 388));

    private static Html FirstPlace() => Html.Of(
        $"""
        {X.Name(Html.Of($"input {Marks.Symbol("x")}"))}
        {X.Draw((row, column) => row < 2 && column < 2 ? "tint-first" : "")}
        {X.Frame("first", 0, 0, 2, 2)}
        {Between("·", X, W)}
        {W.Name(Html.Of($"filter {Marks.Symbol("w")}"))}
        {W.Draw()}
        {Between("+", W, B)}
        {B.Name(Html.Of($"bias {Marks.Symbol("b")}"))}
        {B.Draw()}
        {Marks.Arrow(B.RightEnd + (14, 0), Y.LeftEnd + (-14, 0))}
        {Y.Name(Html.Of($"output {Marks.Symbol("y")}"))}
        {Y.Draw((row, column) => row == 0 && column == 0 ? "tint-second" : "")}
        {Y.Frame("second", 0, 0)}
        """);

    private static Html Between(string sign, NumberGrid left, NumberGrid right) => Marks.Text(
        new Place((left.RightEnd.X + right.LeftEnd.X) / 2, left.RightEnd.Y + 6), sign, "middle strong");

    private static Html FirstSum()
    {
        string terms = ConvolutionExample.Terms(ConvolutionExample.W, ConvolutionExample.X, 0, 0);
        string bias = Marks.Number(ConvolutionExample.B);
        return Html.Of($"{Marks.Symbol("y", "00")} = {terms} + {bias} = {Marks.Number(ConvolutionExample.Y[0, 0])}");
    }

    private static Html OtherPlace(int row, int column, double left)
    {
        var grid = new NumberGrid(ConvolutionExample.X, new Place(left, 256), SmallSide);
        var result = Html.Of(
            $"{Marks.Symbol("y", $"{row}{column}")} = {Marks.Number(ConvolutionExample.Y[row, column])}");
        return Html.Of(
            $"""
            {grid.Draw((i, j) => i - row is 0 or 1 && j - column is 0 or 1 ? "tint-first" : "")}
            {grid.Frame("first", row, column, 2, 2)}
            {Marks.Text(grid.Center + (0, (grid.Height / 2) + 24), result, "middle")}
            """);
    }
}
