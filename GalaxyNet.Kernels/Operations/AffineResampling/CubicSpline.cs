namespace GalaxyNet.Kernels;

/// <summary>The cubic spline through the pixels of an image, continued beyond its edges by reflection.</summary>
/// <remarks>
/// The spline is s(y, x) = sum over i, j of c[i, j] b(y - i) b(x - j) with the cubic B-spline b. It goes through the
/// pixels p where c is the result of a filter: with the pole z = sqrt(3) - 2, along the rows and then along the
/// columns,
///
/// forward:  f[0] = 6 sum over i of z^i p[i],  f[i] = 6 p[i] + z f[i - 1]
/// backward: c[n - 1] = (z f[n - 2] + f[n - 1]) z / (z^2 - 1),  c[i] = z (c[i + 1] - f[i])
///
/// Unser, "Splines: a perfect fit for signal and image processing", 1999; SciPy's ndimage filters the same way.
/// </remarks>
internal static unsafe class CubicSpline
{
    private const float Pole = -0.26794919243f;
    private const float Gain = 6f;
    private const int StartTerms = 16; // the pole to the 16th is under 1e-9

    /// <summary>Replaces the pixels of a line by its coefficients. A line of one pixel stays as it is.</summary>
    public static void Filter(float* line, int length, int stride)
    {
        if (length == 1)
            return;
        float previous = Start(line, length, stride);
        line[0] = previous;
        for (int i = 1; i < length; i++)
        {
            previous = (Gain * line[i * stride]) + (Pole * previous);
            line[i * stride] = previous;
        }
        float next = ((Pole * line[(length - 2) * stride]) + previous) * (Pole / ((Pole * Pole) - 1f));
        line[(length - 1) * stride] = next;
        for (int i = length - 2; i >= 0; i--)
        {
            next = Pole * (next - line[i * stride]);
            line[i * stride] = next;
        }
    }

    /// <summary>
    /// The same for as many lines side by side as a vector has lanes; from one element of a line to the next is
    /// <paramref name="stride"/>.
    /// </summary>
    public static void Filter<TSimd, TVector>(float* lines, int length, int stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (length == 1)
            return;
        TVector pole = TSimd.Broadcast(Pole), gain = TSimd.Broadcast(Gain);
        TVector previous = TSimd.Zero;
        float power = Gain;
        for (int i = 0; i < StartTerms; i++, power *= Pole)
            previous = TSimd.MultiplyAdd(
                TSimd.Broadcast(power), TSimd.Load(lines + (Reflect(i, length) * stride)), previous);
        TSimd.Store(previous, lines);
        for (int i = 1; i < length; i++)
        {
            previous = TSimd.MultiplyAdd(pole, previous, TSimd.Multiply(gain, TSimd.Load(lines + (i * stride))));
            TSimd.Store(previous, lines + (i * stride));
        }
        TVector next = TSimd.Multiply(
            TSimd.MultiplyAdd(pole, TSimd.Load(lines + ((length - 2) * stride)), previous),
            TSimd.Broadcast(Pole / ((Pole * Pole) - 1f)));
        TSimd.Store(next, lines + ((length - 1) * stride));
        for (int i = length - 2; i >= 0; i--)
        {
            next = TSimd.Multiply(pole, TSimd.Subtract(next, TSimd.Load(lines + (i * stride))));
            TSimd.Store(next, lines + (i * stride));
        }
    }

    /// <summary>The spline's value from its coefficients in a plane.</summary>
    public static float At(float* plane, int width, SplineTaps row, SplineTaps column) =>
        (row.Weight0 * AlongRow(plane + (row.Index0 * width), column))
        + (row.Weight1 * AlongRow(plane + (row.Index1 * width), column))
        + (row.Weight2 * AlongRow(plane + (row.Index2 * width), column))
        + (row.Weight3 * AlongRow(plane + (row.Index3 * width), column));

    /// <summary>The index inside a line that an index outside stands for: 2 1 0 1 2 1 0 for a line 0 1 2.</summary>
    public static int Reflect(int index, int length)
    {
        if (index >= 0 && index < length)
            return index;
        if (length == 1)
            return 0;
        int period = (2 * length) - 2;
        int rest = ((index % period) + period) % period;
        return rest < length ? rest : period - rest;
    }

    private static float Start(float* line, int length, int stride)
    {
        float sum = 0f;
        float power = Gain;
        for (int i = 0; i < StartTerms; i++)
        {
            sum += power * line[Reflect(i, length) * stride];
            power *= Pole;
        }
        return sum;
    }

    private static float AlongRow(float* row, SplineTaps column) =>
        (column.Weight0 * row[column.Index0])
        + (column.Weight1 * row[column.Index1])
        + (column.Weight2 * row[column.Index2])
        + (column.Weight3 * row[column.Index3]);
}

/// <summary>The four coefficients along an axis that a position depends on, and their weights.</summary>
internal readonly struct SplineTaps
{
    /// <summary>The taps of a position inside its axis.</summary>
    public SplineTaps(AxisPosition position, int length)
    {
        Index0 = CubicSpline.Reflect(position.Pixel - 1, length);
        Index1 = position.Pixel;
        Index2 = CubicSpline.Reflect(position.Pixel + 1, length);
        Index3 = CubicSpline.Reflect(position.Pixel + 2, length);
        float fraction = position.Fraction;
        float rest = 1f - fraction;
        Weight0 = rest * rest * rest / 6f;
        Weight1 = (2f / 3f) - (fraction * fraction * (1f - (fraction / 2f)));
        Weight2 = (2f / 3f) - (rest * rest * (1f - (rest / 2f)));
        Weight3 = fraction * fraction * fraction / 6f;
    }

    public readonly int Index0;
    public readonly int Index1;
    public readonly int Index2;
    public readonly int Index3;
    public readonly float Weight0;
    public readonly float Weight1;
    public readonly float Weight2;
    public readonly float Weight3;
}
