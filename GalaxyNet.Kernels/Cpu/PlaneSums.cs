namespace GalaxyNet.Kernels;

/// <summary>Sums over a run of floats, lane by lane and then over the lanes.</summary>
internal static unsafe class PlaneSums
{
    /// <summary>sum(x).</summary>
    public static float Sum<TSimd, TVector>(float* values, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        // Two sums, because an addition takes several cycles and two can be under way.
        TVector even = TSimd.Zero, odd = TSimd.Zero;
        int i = 0;
        for (; i <= count - (2 * TSimd.Count); i += 2 * TSimd.Count)
        {
            even = TSimd.Add(even, TSimd.Load(values + i));
            odd = TSimd.Add(odd, TSimd.Load(values + i + TSimd.Count));
        }
        float total = TSimd.Sum(TSimd.Add(even, odd));
        for (; i < count; i++)
            total += values[i];
        return total;
    }

    /// <summary>sum((x - mean)^2).</summary>
    public static float SquaredDeviations<TSimd, TVector>(float* values, int count, float mean)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector even = TSimd.Zero, odd = TSimd.Zero, center = TSimd.Broadcast(mean);
        int i = 0;
        for (; i <= count - (2 * TSimd.Count); i += 2 * TSimd.Count)
        {
            TVector first = TSimd.Subtract(TSimd.Load(values + i), center);
            TVector second = TSimd.Subtract(TSimd.Load(values + i + TSimd.Count), center);
            even = TSimd.MultiplyAdd(first, first, even);
            odd = TSimd.MultiplyAdd(second, second, odd);
        }
        float total = TSimd.Sum(TSimd.Add(even, odd));
        for (; i < count; i++)
            total += (values[i] - mean) * (values[i] - mean);
        return total;
    }
}
