namespace GalaxyNet.Kernels;

/// <summary>A point on a line of pixels.</summary>
internal readonly struct LinePoint
{
    private const int FractionBits = 40;
    private const float Unit = 1f / (1L << (FractionBits + 1));

    private LinePoint(int place, float fraction, bool isOnSample)
    {
        IsInside = true;
        IsOnSample = isOnSample;
        Place = place;
        Fraction = fraction;
    }

    /// <summary>False if the point lies beyond the first or the last pixel; the rest is then meaningless.</summary>
    public bool IsInside { get; }

    /// <summary>True if the point lies inside and on the middle of pixel <see cref="Place"/>.</summary>
    public bool IsOnSample { get; }

    /// <summary>The last pixel that does not lie beyond the point.</summary>
    public int Place { get; }

    /// <summary>How far the point lies from there toward the next pixel, in [0, 1).</summary>
    public float Fraction { get; }

    /// <summary>A number in fixed point.</summary>
    public static long ToFixed(double value) => (long)Math.Round(value * (1L << FractionBits));

    /// <summary>Finds a point's pixel.</summary>
    /// <param name="twiceFromCenter">Twice the point's distance from the middle of the line, in pixels, in fixed point.</param>
    /// <param name="length">The pixels of the line.</param>
    public static LinePoint Of(long twiceFromCenter, int length)
    {
        long twiceEnd = (long)(length - 1) << FractionBits;
        if (twiceFromCenter < -twiceEnd || twiceFromCenter > twiceEnd)
            return default;
        long point = twiceFromCenter + twiceEnd; // now in halves of a fixed-point unit, from the first pixel
        int place = (int)(point >> (FractionBits + 1));
        long beyond = point - ((long)place << (FractionBits + 1));
        return new LinePoint(place, beyond * Unit, beyond == 0);
    }
}
