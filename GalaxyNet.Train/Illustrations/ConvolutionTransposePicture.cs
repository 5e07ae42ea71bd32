namespace GalaxyNet.Train;

/// <summary>The way back through a convolution to its input, as both of its readings.</summary>
internal static class ConvolutionTransposePicture
{
    private const double Height = 562;
    private const double Side = 30;
    private const double Step = 124; // from one of four grids to the next

    /// <summary>Draws it.</summary>
    public static Html Draw() => Canvas.Of(
        "Each number of dy lays the filter, times that number, on its window of dx, and the four are added; "
        + "the flipped filter moved over dy with zeros around it gives the same",
        Height,
        Heading(30, Html.Of($"1. Each number of {Marks.Symbol("dy")} lays the filter on its window")),
        Laid(0, 0, place: 0),
        Laid(0, 1, place: 1),
        Laid(1, 0, place: 2),
        Laid(1, 1, place: 3),
        Sum(new NumberGrid(ConvolutionExample.Dx(ConvolutionExample.Dy), new Place(215, 190), Side)),
        Marks.Line("grid", new Place(Canvas.Margin, 310), new Place(Canvas.Width - Canvas.Margin, 310)),
        Heading(340, Html.Of($"2. The same: the flipped filter on {Marks.Symbol("dy")}, with zeros around it")),
        AsConvolution());

    private static Html Heading(double y, Html text) =>
        Marks.Text(new Place(Canvas.Width / 2, y), text, "small strong middle");

    /// <summary>What one number of dy adds to dx.</summary>
    private static Html Laid(int row, int column, int place)
    {
        double dy = ConvolutionExample.Dy[row, column];
        double[,] part = ConvolutionExample.Dx(Matrix.Of(2, 2, (i, j) => i == row && j == column ? dy : 0));
        bool IsUnder(int i, int j) => i - row is 0 or 1 && j - column is 0 or 1;
        double[,] shown = Matrix.Of(3, 3, (i, j) => IsUnder(i, j) ? part[i, j] : double.NaN);
        var grid = new NumberGrid(shown, new Place(29 + (place * Step), 74), Side);
        return Html.Of(
            $"""
            {grid.Name(Html.Of($"{Marks.Symbol("dy", $"{row}{column}")} = {Marks.Number(dy)}"))}
            {grid.Draw((i, j) => IsUnder(i, j) ? "tint-first" : "")}
            {grid.Frame("first", row, column, 2, 2)}
            {(place == 0 ? default : Marks.Text(grid.LeftEnd + (-17, 6), "+", "middle strong"))}
            """);
    }

    private static Html Sum(NumberGrid dx) => Html.Of(
        $"""
        {Marks.Text(dx.LeftEnd + (-16, 6), Html.Of($"= {Marks.Symbol("dx")} ="), "end")}
        {dx.Draw()}
        {dx.Frame("second", 1, 1)}
        """);

    private static Html AsConvolution()
    {
        double[,] padded = Matrix.Of(4, 4, (i, j) =>
            i is 1 or 2 && j is 1 or 2 ? ConvolutionExample.Dy[i - 1, j - 1] : 0);
        double[,] flipped = ConvolutionExample.FlippedW;
        var dy = new NumberGrid(padded, new Place(44, 384), Side);
        var w = new NumberGrid(flipped, new Place(222, 414), Side);
        var dx = new NumberGrid(
            ConvolutionExample.Convolve(ConvolutionExample.Dy, flipped, padding: 1, b: 0), new Place(386, 399), Side);
        string terms = ConvolutionExample.Terms(flipped, padded, 1, 1);
        return Html.Of(
            $"""
            {dy.Name(Html.Of($"{Marks.Symbol("dy")} and zeros"))}
            {dy.Draw((i, j) => i is 1 or 2 && j is 1 or 2 ? "tint-first" : "")}
            {dy.Frame("first", 1, 1, 2, 2)}
            {Marks.Text(new Place((dy.RightEnd.X + w.LeftEnd.X) / 2, dy.RightEnd.Y + 6), "·", "middle strong")}
            {w.Name(Html.Of($"{Marks.Symbol("w")}, flipped"))}
            {w.Draw()}
            {Marks.Arrow(w.RightEnd + (22, 0), dx.LeftEnd + (-22, 0))}
            {dx.Name(Marks.Symbol("dx"))}
            {dx.Draw((i, j) => i == 1 && j == 1 ? "tint-second" : "")}
            {dx.Frame("second", 1, 1)}
            {Marks.Text(new Place(Canvas.Width / 2, 540), Result(terms, dx.Values[1, 1]), "middle")}
            """);
    }

    private static Html Result(string terms, double value) =>
        Html.Of($"{Marks.Symbol("dx", "11")} = {terms} = {Marks.Number(value)}");
}
