namespace GalaxyNet.Train;

/// <summary>A curve of a picture.</summary>
/// <param name="Column">Its name in the table.</param>
/// <param name="Kind">How it looks: a class of <see cref="IllustrationStyle"/>.</param>
/// <param name="Label">What stands beside it.</param>
/// <param name="X">Where the label begins, on the axis.</param>
/// <param name="Y">The label's baseline, on the axis.</param>
internal sealed record RunCurve(string Column, string Kind, string Label, double X, double Y);

/// <summary>Curves of real training runs, from a <see cref="RunTable"/>.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Title">What the picture shows, for those who cannot see it.</param>
/// <param name="X">What is to the right, and what its numbers are.</param>
/// <param name="Y">What is upward, and what its numbers are.</param>
/// <param name="Curves">The curves.</param>
internal sealed record RunPicture(
    string Table, string Title, RunAxis X, RunAxis Y, IReadOnlyList<RunCurve> Curves)
{
    private const double Left = 62;
    private const double Top = 44;
    private const double Height = 344;
    private const double Below = 52; // room for the numbers and the name of the axis

    /// <summary>Draws it.</summary>
    public Html Draw()
    {
        var table = RunTable.Read(Table);
        var axes = new Axes(
            new Place(Left, Top), Canvas.Width - Left - Canvas.Margin, Height - Top - Below, X.Range, Y.Range);
        return Canvas.Of(
            Title,
            Height,
            [
                axes.NumbersOfX(X.Numbers),
                axes.NumbersOfY(Y.Numbers),
                .. Curves.Select(curve => axes.Curve(curve.Kind, table.Curve(curve.Column).Where(IsInside))),
                .. Curves.Select(curve => Marks.Text(axes.At(curve.X, curve.Y), curve.Label, "small")),
                Marks.Text(axes.At(X.Range.To, Y.Range.From) + (0, 42), X.Name, "small soft end"),
                Marks.Text(new Place(Canvas.Margin, 28), Y.Name, "small soft"),
            ]);
    }

    private bool IsInside((double X, double Y) point) => point.Y >= Y.Range.From && point.Y <= Y.Range.To;
}

/// <summary>An axis of a <see cref="RunPicture"/>.</summary>
/// <param name="Name">What its numbers are.</param>
/// <param name="Range">What it spans.</param>
/// <param name="Numbers">The numbers that stand at it.</param>
internal sealed record RunAxis(string Name, Interval Range, params double[] Numbers);
