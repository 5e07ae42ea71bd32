namespace GalaxyNet.Train;

/// <summary>The chain of attempt 4's layers, with what each does and holds.</summary>
internal static class AttemptFourPicture
{
    private const double Top = 62;
    private const double RowHeight = 33;
    private const double BoxHeight = 25;
    private const double BoxWidth = 204;
    private const double Baseline = 18; // of a box's text, below its top
    private const double OperationsLeft = 244;
    private const double ParametersLeft = 378;
    private const double WholeBar = 74; // what all operations, or all parameters, would take
    private const double LeastShown = 0.001;

    /// <summary>Draws it.</summary>
    public static Html Draw()
    {
        var costs = NetworkCosts.OfAttempt4;
        double operations = costs.Sum(cost => cost.Operations);
        double parameters = costs.Sum(cost => cost.Parameters);
        var rows = costs.SelectMany((cost, i) => (Html[])
        [
            Box(i + 1, cost.Layer, cost.Output, cost.Parameters > 0 ? "box-first" : "box"),
            Bar(i + 1, OperationsLeft, cost.Operations / operations, "full-first"),
            Bar(i + 1, ParametersLeft, cost.Parameters / parameters, "full-second"),
        ]);
        return Canvas.Of(
            "The layers of attempt 4, from the image to the loss; the convolutions do almost all of the operations, "
            + "and fc1 has almost all of the parameters",
            Top + ((costs.Count + 1) * RowHeight) + 6,
            [
                Marks.Text(new Place(Canvas.Margin, 28), "layer and its output", "small strong"),
                Marks.Text(new Place(OperationsLeft, 28), "operations", "small strong"),
                Marks.Text(new Place(OperationsLeft, 46), "(both ways)", "small"),
                Marks.Text(new Place(ParametersLeft, 28), "parameters", "small strong"),
                Box(0, "image", GalaxyZooNetworks.Attempt(4).InputShape, "box"),
                .. rows,
            ]);
    }

    private static Html Box(int row, string name, Shape output, string kind)
    {
        var corner = new Place(Canvas.Margin, Top + (row * RowHeight));
        var below = corner + (BoxWidth / 2, 0);
        return Html.Of(
            $"""
            {(row == 0 ? default : Marks.Line("line", below + (0, BoxHeight - RowHeight), below))}
            {Marks.Rectangle(corner, BoxWidth, BoxHeight, kind, round: 4)}
            {Marks.Text(corner + (8, Baseline), name)}
            {Marks.Text(corner + (BoxWidth - 8, Baseline), output.ToString(), "end")}
            """);
    }

    private static Html Bar(int row, double left, double share, string kind)
    {
        if (share == 0)
            return default;
        var corner = new Place(left, Top + (row * RowHeight));
        string percent = share < LeastShown
            ? "under 0.1 %"
            : FormattableString.Invariant($"{100 * share:F1} %");
        double width = share < LeastShown ? 0 : Math.Max(1, WholeBar * share);
        return Html.Of(
            $"""
            {(width == 0 ? default : Marks.Rectangle(corner + (0, 5), width, BoxHeight - 10, kind))}
            {Marks.Text(corner + (width == 0 ? 0 : width + 6, Baseline), percent, "small")}
            """);
    }
}
