namespace GalaxyNet.Kernels;

/// <summary>The four coefficients along an axis that a point of a <see cref="CubicSpline"/> depends on, and their weights.</summary>
internal readonly struct SplineTaps
{
    /// <summary>The taps of a point that lies inside its line.</summary>
    public SplineTaps(LinePoint point, int length)
    {
        Place0 = CubicSpline.Reflect(point.Place - 1, length);
        Place1 = point.Place;
        Place2 = CubicSpline.Reflect(point.Place + 1, length);
        Place3 = CubicSpline.Reflect(point.Place + 2, length);
        float fraction = point.Fraction;
        float rest = 1f - fraction;
        Weight0 = rest * rest * rest / 6f;
        Weight1 = (2f / 3f) - (fraction * fraction * (1f - (fraction / 2f)));
        Weight2 = (2f / 3f) - (rest * rest * (1f - (rest / 2f)));
        Weight3 = fraction * fraction * fraction / 6f;
    }

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
}
