namespace GalaxyNet.Kernels;

/// <summary>What goes wrong in the backward pass of <see cref="MaxPool2dReference"/>.</summary>
internal static class MaxPool2dMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Of("every-pixel", "Each pixel of a window gets dy, not the maximum only.", Change.EveryPixel),
        Of("shared-evenly", "Each pixel of a window gets the same part of dy.", Change.SharedEvenly),
        Of("first-pixel", "The first pixel of a window gets dy, wherever the maximum is.", Change.FirstPixel),
        Of("minimum", "The smallest number of a window gets dy.", Change.Minimum),
        Of(
            "rows-for-columns",
            "The maximum's row in the window is taken for its column, and its column for its row.",
            Change.RowsForColumns),
    ];

    private enum Change
    {
        EveryPixel,
        SharedEvenly,
        FirstPixel,
        Minimum,
        RowsForColumns,
    }

    private static Mistake Of(string name, string description, Change change) => new(
        name,
        description,
        (reference, arguments, dy) =>
            [Backward(change, ((MaxPool2dReference)reference).Kernel, (double[,,,])arguments[0], (double[,,,])dy)]);

    private static double[,,,] Backward(Change change, int kernel, double[,,,] x, double[,,,] dy)
    {
        var dx = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2), x.GetLength(3)];
        for (int n = 0; n < dy.GetLength(0); n++)
            for (int c = 0; c < dy.GetLength(1); c++)
                for (int i = 0; i < dy.GetLength(2); i++)
                    for (int j = 0; j < dy.GetLength(3); j++)
                    {
                        var (row, column) = PlaceOf(change, kernel, x, n, c, kernel * i, kernel * j);
                        for (int a = 0; a < kernel; a++)
                            for (int b = 0; b < kernel; b++)
                                dx[n, c, (kernel * i) + a, (kernel * j) + b] = dy[n, c, i, j] * change switch
                                {
                                    Change.EveryPixel => 1,
                                    Change.SharedEvenly => 1.0 / (kernel * kernel),
                                    _ => (a, b) == (row, column) ? 1 : 0,
                                };
                    }
        return dx;
    }

    /// <summary>The row and the column in the window at (h, v) of the pixel that gets the gradient.</summary>
    private static (int Row, int Column) PlaceOf(
        Change change, int kernel, double[,,,] x, int n, int c, int h, int v)
    {
        double sign = change == Change.Minimum ? -1 : 1;
        int row = 0, column = 0;
        for (int a = 0; a < kernel && change != Change.FirstPixel; a++)
            for (int b = 0; b < kernel; b++)
                if (sign * x[n, c, h + a, v + b] > sign * x[n, c, h + row, v + column])
                    (row, column) = (a, b);
        return change == Change.RowsForColumns ? (column, row) : (row, column);
    }
}
