using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The position in the input that a pixel of a <see cref="Rotation"/>'s output shows.</summary>
internal readonly struct SourcePosition(AxisPosition row, AxisPosition column)
{
    /// <summary>From top to bottom.</summary>
    public AxisPosition Row { get; } = row;

    /// <summary>From left to right.</summary>
    public AxisPosition Column { get; } = column;

    /// <summary>False outside the input.</summary>
    public bool IsInside => Row.IsInside && Column.IsInside;

    /// <summary>True at the center of a pixel.</summary>
    public bool IsOnPixel => Row.IsOnPixel && Column.IsOnPixel;

    /// <summary>The formula of <see cref="Rotation"/>.</summary>
    /// <param name="row">The output's row.</param>
    /// <param name="column">The output's column.</param>
    /// <param name="angle">How the image is rotated.</param>
    /// <param name="height">The image's rows.</param>
    /// <param name="width">The image's columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SourcePosition Of(int row, int column, RotationAngle angle, int height, int width)
    {
        // Twice the distance from the center, which lies between two pixels where an extent is even.
        int down = (2 * row) - (height - 1);
        int right = (2 * column) - (width - 1);
        return new SourcePosition(
            AxisPosition.Of((angle.Cosine * down) + (angle.Sine * right), height),
            AxisPosition.Of(angle.MirrorSign * ((angle.Cosine * right) - (angle.Sine * down)), width));
    }
}

/// <summary>A position along an axis of an image, in fixed point and so the same on every device.</summary>
internal readonly struct AxisPosition
{
    private const int FractionBits = 40;
    private const float Unit = 1f / (1L << (FractionBits + 1));

    private AxisPosition(int pixel, float fraction, bool isOnPixel)
    {
        IsInside = true;
        IsOnPixel = isOnPixel;
        Pixel = pixel;
        Fraction = fraction;
    }

    /// <summary>False before the first pixel's center or past the last one's; the rest is then meaningless.</summary>
    public bool IsInside { get; }

    /// <summary>True inside and at the center of <see cref="Pixel"/>.</summary>
    public bool IsOnPixel { get; }

    /// <summary>The index of the last pixel whose center is not past the position.</summary>
    public int Pixel { get; }

    /// <summary>The distance from there toward the next pixel, in [0, 1).</summary>
    public float Fraction { get; }

    /// <summary>A number in fixed point.</summary>
    public static long ToFixed(double value) => (long)Math.Round(value * (1L << FractionBits));

    /// <summary>Finds a position's pixel.</summary>
    /// <param name="twiceFromCenter">Twice the distance from the middle of the axis, in pixels, in fixed point.</param>
    /// <param name="length">The pixels of the axis.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AxisPosition Of(long twiceFromCenter, int length)
    {
        long twiceEnd = (long)(length - 1) << FractionBits;
        if (twiceFromCenter < -twiceEnd || twiceFromCenter > twiceEnd)
            return default;
        long position = twiceFromCenter + twiceEnd; // now in halves of a fixed-point unit, from the first pixel
        int pixel = (int)(position >> (FractionBits + 1));
        long beyond = position - ((long)pixel << (FractionBits + 1));
        return new AxisPosition(pixel, beyond * Unit, beyond == 0);
    }
}

/// <summary>An <see cref="Orientation"/>'s sine and cosine, in the fixed point of <see cref="AxisPosition"/>.</summary>
internal readonly struct RotationAngle
{
    /// <summary>The entries of a table of cosines, one for each degree.</summary>
    public const int FullCircle = 360;

    /// <summary>Looks the angle up.</summary>
    /// <param name="orientation">How an image is rotated.</param>
    /// <param name="cosines">The cosine of each degree.</param>
    public RotationAngle(Orientation orientation, ArrayView<long> cosines)
    {
        int angle = ((orientation.Degrees % FullCircle) + FullCircle) % FullCircle;
        Cosine = cosines[angle];
        Sine = cosines[(angle + (FullCircle * 3 / 4)) % FullCircle];
        MirrorSign = orientation.IsMirrored ? -1 : 1;
    }

    /// <summary>The angle's cosine.</summary>
    public long Cosine { get; }

    /// <summary>The angle's sine.</summary>
    public long Sine { get; }

    /// <summary>-1 where left and right are swapped, else 1.</summary>
    public int MirrorSign { get; }
}
