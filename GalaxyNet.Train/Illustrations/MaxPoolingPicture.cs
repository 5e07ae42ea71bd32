namespace GalaxyNet.Train;

/// <summary>Maximum pooling: the winner of each window goes on, and the whole gradient comes back to it.</summary>
internal static class MaxPoolingPicture
{
    private const double Height = 360;
    private const double Side = 38;
    private const double Gap = 14; // between a grid and what is beside it

    private static readonly MaxPool2dReference Reference = new(kernel: 2);

    /// <summary>The input of the example of the study guide's page.</summary>
    public static double[,] X { get; } = { { 1, 5, 2, 0 }, { 3, 4, 8, 8 }, { 9, 9, 9, 9 } };

    /// <summary>Its gradient that comes back.</summary>
    public static double[,] Dy { get; } = { { 10, 20 } };

    /// <summary>The gradient with respect to the input.</summary>
    public static double[,] Dx => Matrix.Of(Reference.Backward(Matrix.ToImage(X), Matrix.ToImage(Dy)));

    /// <summary>Draws it.</summary>
    public static Html Draw()
    {
        var x = new NumberGrid(X, new Place(40, 48), Side);
        var y = new NumberGrid(Matrix.Of(Reference.Forward(Matrix.ToImage(X))), new Place(360, 67), Side);
        var dx = new NumberGrid(Dx, new Place(40, 226), Side);
        var dy = new NumberGrid(Dy, new Place(360, 245), Side);
        return Canvas.Of(
            "Forward, the largest number of each window of 2 by 2 goes on; backward, the gradient of each output goes "
            + "to the pixel that won, and all others get 0",
            Height,
            Pair(x, Html.Of($"input {Marks.Symbol("x")}"), y, Html.Of($"output {Marks.Symbol("y")}")),
            Marks.Arrow(x.Corner + (x.Width + Gap, Side), y.LeftEnd + (-Gap, 0)),
            Beside(x, Side - 10, "forward:"),
            Beside(x, Side + 22, "the largest"),
            Beside(x, (2.5 * Side) + 5, "a row left over: dropped"),
            Pair(dx, Marks.Symbol("dx"), dy, Marks.Symbol("dy")),
            Marks.Arrow(dy.LeftEnd + (-Gap, 0), dx.Corner + (dx.Width + Gap, Side)),
            Beside(dx, Side - 10, "backward:"),
            Beside(dx, Side + 22, "to the winner"),
            Beside(dx, (2.5 * Side) + 5, "all others get 0"));
    }

    private static Html Beside(NumberGrid grid, double y, string text) =>
        Marks.Text(grid.Corner + (grid.Width + Gap, y), text, "small");

    /// <summary>The windows and the outputs that they make, framed alike, with the winners marked.</summary>
    private static Html Pair(NumberGrid wide, Html wideName, NumberGrid narrow, Html narrowName) => Html.Of(
        $"""
        {wide.Name(wideName)}
        {wide.Draw((row, column) => Dx[row, column] == 0 ? "" : column < 2 ? "tint-first" : "tint-second")}
        {wide.Frame("first", 0, 0, 2, 2)}
        {wide.Frame("second", 0, 2, 2, 2)}
        {narrow.Name(narrowName)}
        {narrow.Draw((_, column) => column == 0 ? "tint-first" : "tint-second")}
        {narrow.Frame("first", 0, 0)}
        {narrow.Frame("second", 0, 1)}
        """);
}
