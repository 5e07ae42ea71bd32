namespace GalaxyNet.Train;

/// <summary>A matrix as a grid of cells with its numbers.</summary>
/// <param name="Values">The matrix; NaN leaves a cell empty.</param>
/// <param name="Corner">The upper left corner.</param>
/// <param name="Side">The side of a cell.</param>
internal sealed record NumberGrid(double[,] Values, Place Corner, double Side = 34)
{
    private const double HalfLetter = 5.5; // from the middle of a number down to its baseline

    /// <summary>The width of all columns.</summary>
    public double Width => Values.GetLength(1) * Side;

    /// <summary>The height of all rows.</summary>
    public double Height => Values.GetLength(0) * Side;

    /// <summary>The middle of the grid.</summary>
    public Place Center => Corner + (Width / 2, Height / 2);

    /// <summary>The middle of the left side.</summary>
    public Place LeftEnd => Corner + (0, Height / 2);

    /// <summary>The middle of the right side.</summary>
    public Place RightEnd => Corner + (Width, Height / 2);

    /// <summary>Draws all cells.</summary>
    /// <param name="fill">What kind of ground lies under a cell, by row and column; empty for none.</param>
    public Html Draw(Func<int, int, string>? fill = null) => Html.Of($"{Cells(fill ?? ((_, _) => ""))}");

    /// <summary>A frame around some of the cells.</summary>
    /// <param name="kind">How it looks.</param>
    /// <param name="row">The first row in it.</param>
    /// <param name="column">The first column in it.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    public Html Frame(string kind, int row, int column, int rows = 1, int columns = 1) =>
        Marks.Rectangle(CornerOf(row, column), columns * Side, rows * Side, kind, round: 3);

    /// <summary>A name above the grid.</summary>
    public Html Name(Html name) => Marks.Text(Corner + (Width / 2, -10), name, "middle");

    private IEnumerable<Html> Cells(Func<int, int, string> fill)
    {
        for (int row = 0; row < Values.GetLength(0); row++)
            for (int column = 0; column < Values.GetLength(1); column++)
                yield return Cell(row, column, fill(row, column));
    }

    private Html Cell(int row, int column, string fill)
    {
        var corner = CornerOf(row, column);
        string number = double.IsNaN(Values[row, column]) ? "" : Marks.Number(Values[row, column]);
        return Html.Of(
            $"""
            {(fill.Length == 0 ? default : Marks.Rectangle(corner, Side, Side, fill))}
            {Marks.Rectangle(corner, Side, Side, "cell")}
            {Marks.Text(corner + (Side / 2, (Side / 2) + HalfLetter), number, "middle")}

            """);
    }

    private Place CornerOf(int row, int column) => Corner + (column * Side, row * Side);
}
