namespace GalaxyNet.Kernels;

/// <summary>The four coefficients along an axis that a point of a <see cref="CubicSpline"/> depends on, and their weights.</summary>
internal readonly struct SplineTaps
{
    private const int FractionBits = 40;
    private const float Fraction = 1f / (1L << (FractionBits + 1));

    private SplineTaps(int place, float fraction, bool isOnSample, int length)
    {
        IsInside = true;
        IsOnSample = isOnSample;
        Place0 = CubicSpline.Reflect(place - 1, length);
        Place1 = place;
        Place2 = CubicSpline.Reflect(place + 1, length);
        Place3 = CubicSpline.Reflect(place + 2, length);
        float rest = 1f - fraction;
        Weight0 = rest * rest * rest / 6f;
        Weight1 = (2f / 3f) - (fraction * fraction * (1f - (fraction / 2f)));
        Weight2 = (2f / 3f) - (rest * rest * (1f - (rest / 2f)));
        Weight3 = fraction * fraction * fraction / 6f;
    }

    /// <summary>False if the point lies beyond the first or the last pixel; the rest is then meaningless.</summary>
    public bool IsInside { get; }

    /// <summary>True if the point lies inside and on the middle of pixel <see cref="Place1"/>.</summary>
    public bool IsOnSample { get; }

    /// <summary>The first coefficient.</summary>
    public int Place0 { get; }

    /// <summary>The second coefficient: the last whose pixel does not lie beyond the point.</summary>
    public int Place1 { get; }

    /// <summary>The third coefficient.</summary>
    public int Place2 { get; }

    /// <summary>The fourth coefficient.</summary>
    public int Place3 { get; }

    /// <summary>The weight of <see cref="Place0"/>.</summary>
    public float Weight0 { get; }

    /// <summary>The weight of <see cref="Place1"/>.</summary>
    public float Weight1 { get; }

    /// <summary>The weight of <see cref="Place2"/>.</summary>
    public float Weight2 { get; }

    /// <summary>The weight of <see cref="Place3"/>.</summary>
    public float Weight3 { get; }

    /// <summary>A number in fixed point.</summary>
    public static long ToFixed(double value) => (long)Math.Round(value * (1L << FractionBits));

    /// <summary>The taps of a point.</summary>
    /// <param name="twiceFromCentre">Twice the point's distance from the middle of the line, in pixels, in fixed point.</param>
    /// <param name="length">The pixels of the line.</param>
    public static SplineTaps Of(long twiceFromCentre, int length)
    {
        long twiceEnd = (long)(length - 1) << FractionBits;
        if (twiceFromCentre < -twiceEnd || twiceFromCentre > twiceEnd)
            return default;
        long point = twiceFromCentre + twiceEnd; // now in halves of a fixed-point unit, from the first pixel
        int place = (int)(point >> (FractionBits + 1));
        long beyond = point - ((long)place << (FractionBits + 1));
        return new SplineTaps(place, beyond * Fraction, beyond == 0, length);
    }
}
