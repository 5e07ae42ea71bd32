using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>The position in the input that a pixel of an <see cref="AffineResampling"/>'s output shows.</summary>
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

    /// <summary>The formula of <see cref="AffineResampling"/>.</summary>
    /// <param name="row">The output's row.</param>
    /// <param name="column">The output's column.</param>
    /// <param name="pose">How the image is shown.</param>
    /// <param name="sizes">Those of input and output.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SourcePosition Of(int row, int column, Pose pose, ResampledSizes sizes)
    {
        // Twice the distance from the center, which lies between two pixels where an extent is even.
        int down = (2 * row) - (sizes.OutHeight - 1);
        int right = (2 * column) - (sizes.OutWidth - 1);
        return new SourcePosition(
            AxisPosition.Of((pose.Cosine * down) + (pose.Sine * right) + pose.TwiceDown, sizes.Height),
            AxisPosition.Of(
                (pose.MirrorSign * ((pose.Cosine * right) - (pose.Sine * down))) + pose.TwiceRight, sizes.Width));
    }
}

/// <summary>The sizes of what an <see cref="AffineResampling"/> reads and writes, in pixels.</summary>
/// <param name="channels">Of both.</param>
/// <param name="height">Rows of the input.</param>
/// <param name="width">Columns of the input.</param>
/// <param name="outHeight">Rows of the output.</param>
/// <param name="outWidth">Columns of the output.</param>
internal readonly struct ResampledSizes(int channels, int height, int width, int outHeight, int outWidth)
{
    public readonly int Channels = channels;
    public readonly int Height = height;
    public readonly int Width = width;
    public readonly int OutHeight = outHeight;
    public readonly int OutWidth = outWidth;

    /// <summary>Pixels of an input plane.</summary>
    public int Area => Height * Width;

    /// <summary>Pixels of an output plane.</summary>
    public int OutArea => OutHeight * OutWidth;
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
