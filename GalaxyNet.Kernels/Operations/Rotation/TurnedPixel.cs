using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>The place of the input that a pixel of a <see cref="Rotation"/>'s output shows.</summary>
internal readonly struct TurnedPixel
{
    /// <summary>The entries of a table of cosines, one for each degree.</summary>
    public const int FullTurn = 360;

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
    /// <param name="pixel">The output's pixel, counted along the rows.</param>
    /// <param name="orientation">How the picture is turned.</param>
    /// <param name="cosines">The cosine of each degree, in fixed point.</param>
    /// <param name="height">The picture's rows.</param>
    /// <param name="width">The picture's columns.</param>
    public static TurnedPixel Of(int pixel, Orientation orientation, ArrayView<long> cosines, int height, int width)
    {
        int angle = ((orientation.Degrees % FullTurn) + FullTurn) % FullTurn;
        long cosine = cosines[angle];
        long sine = cosines[(angle + (FullTurn * 3 / 4)) % FullTurn];
        // Twice the distance from the centre, which lies between two pixels where an extent is even.
        int down = (2 * (pixel / width)) - (height - 1);
        int right = (2 * (pixel % width)) - (width - 1);
        long across = (cosine * right) - (sine * down);
        return new TurnedPixel(
            LinePoint.Of((cosine * down) + (sine * right), height),
            LinePoint.Of(orientation.IsMirrored ? -across : across, width));
    }
}
