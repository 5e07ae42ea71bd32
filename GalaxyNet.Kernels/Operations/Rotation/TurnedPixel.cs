namespace GalaxyNet.Kernels;

/// <summary>The place of the input that a pixel of a <see cref="Rotation"/>'s output shows.</summary>
internal readonly struct TurnedPixel
{
    private TurnedPixel(LinePoint row, LinePoint column)
    {
        Row = row;
        Column = column;
    }

    /// <summary>Where it lies from top to bottom.</summary>
    public LinePoint Row { get; }

    /// <summary>Where it lies from left to right.</summary>
    public LinePoint Column { get; }

    /// <summary>False if nothing lies there.</summary>
    public bool IsInside => Row.IsInside && Column.IsInside;

    /// <summary>True if it is the middle of a pixel.</summary>
    public bool IsOnSample => Row.IsOnSample && Column.IsOnSample;

    /// <summary>Finds the place: the formula of <see cref="Rotation"/>.</summary>
    /// <param name="row">The output's row.</param>
    /// <param name="column">The output's column.</param>
    /// <param name="turn">How the image is turned.</param>
    /// <param name="height">The image's rows.</param>
    /// <param name="width">The image's columns.</param>
    public static TurnedPixel Of(int row, int column, Turn turn, int height, int width)
    {
        // Twice the distance from the center, which lies between two pixels where an extent is even.
        int down = (2 * row) - (height - 1);
        int right = (2 * column) - (width - 1);
        return new TurnedPixel(
            LinePoint.Of((turn.Cosine * down) + (turn.Sine * right), height),
            LinePoint.Of(turn.Across * ((turn.Cosine * right) - (turn.Sine * down)), width));
    }
}
