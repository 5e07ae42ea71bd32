using System.Numerics;
using System.Runtime.InteropServices;

namespace GalaxyNet.Train;

/// <summary>Counts numbers by their size. NaN and infinite ones are left out.</summary>
/// <remarks>
/// Each power of two has eight buckets, which the first bits of a number choose: its sign, its exponent, and three of
/// its mantissa. So each edge is 7 to 13 % larger than the last, much as in TensorFlow's first histograms, and no
/// number needs a logarithm. What is under a thousandth of the largest is one bucket, around zero.
/// </remarks>
internal sealed class FloatHistogram
{
    private const int PowersApart = 10; // of two
    private const int MantissaBits = 3;
    private const int Shift = 23 - MantissaBits; // float32 has a mantissa of 23 bits,
    private const int Magnitudes = 1 << (8 + MantissaBits); // an exponent of 8, and a sign
    private const int NotFinite = 0xff << MantissaBits; // their least magnitude: NaN and infinity have this exponent

    private readonly long[] counts = new long[2 * Magnitudes]; // the negative ones are the second half
    private float min = float.PositiveInfinity;
    private float max = float.NegativeInfinity;

    /// <summary>
    /// The buckets, in ascending order, each from where the one before it ends. The first begins with the smallest
    /// number and the last ends with the largest; there are none if there are no numbers.
    /// </summary>
    public IReadOnlyList<HistogramBucket> Buckets
    {
        get
        {
            var all = AllBuckets().ToList();
            int first = all.FindIndex(bucket => bucket.Count > 0);
            if (first < 0)
                return [];
            var kept = all[first..(all.FindLastIndex(bucket => bucket.Count > 0) + 1)];
            kept[0] = kept[0] with { Left = min };
            kept[^1] = kept[^1] with { Right = max };
            return kept;
        }
    }

    /// <summary>Counts numbers.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        // One number often has the bucket of the last one, whose count is still on its way to memory.
        Span<int> even = stackalloc int[counts.Length];
        Span<int> odd = stackalloc int[counts.Length];
        var bits = MemoryMarshal.Cast<float, uint>(values);
        for (int i = 1; i < bits.Length; i += 2)
        {
            even[(int)(bits[i - 1] >> Shift)]++;
            odd[(int)(bits[i] >> Shift)]++;
        }
        if (bits.Length % 2 == 1)
            even[(int)(bits[^1] >> Shift)]++;
        for (int key = 0; key < counts.Length; key++)
            counts[key] += even[key] + odd[key];
        Extend(values);
    }

    /// <summary>Adds what another one has counted.</summary>
    public void Add(FloatHistogram other)
    {
        for (int key = 0; key < counts.Length; key++)
            counts[key] += other.counts[key];
        (min, max) = (Math.Min(min, other.min), Math.Max(max, other.max));
    }

    private static double EdgeOf(int magnitude) => BitConverter.UInt32BitsToSingle((uint)magnitude << Shift);

    private IEnumerable<HistogramBucket> AllBuckets()
    {
        int largest = NotFinite - 1;
        while (largest > 0 && counts[largest] + counts[Magnitudes + largest] == 0)
            largest--;
        int small = Math.Max(1, largest + 1 - (PowersApart << MantissaBits));
        for (int magnitude = largest; magnitude >= small; magnitude--)
            yield return new(-EdgeOf(magnitude + 1), -EdgeOf(magnitude), counts[Magnitudes + magnitude]);
        long around = Enumerable.Range(0, small).Sum(each => counts[each] + counts[Magnitudes + each]);
        yield return new(-EdgeOf(small), EdgeOf(small), around);
        for (int magnitude = small; magnitude <= largest; magnitude++)
            yield return new(EdgeOf(magnitude), EdgeOf(magnitude + 1), counts[magnitude]);
    }

    /// <summary>Moves the smallest and the largest number.</summary>
    private void Extend(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (low, high) = (new Vector<float>(min), new Vector<float>(max));
        foreach (var vector in vectors)
        {
            var isFinite = Vector.IsFinite(vector);
            low = Vector.Min(low, Vector.ConditionalSelect(isFinite, vector, low));
            high = Vector.Max(high, Vector.ConditionalSelect(isFinite, vector, high));
        }
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            (min, max) = (Math.Min(min, low[lane]), Math.Max(max, high[lane]));
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
        {
            if (float.IsFinite(value))
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }
    }
}

/// <summary>A bucket of a histogram.</summary>
/// <param name="Left">Where it begins.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Count">How many numbers lie there.</param>
internal readonly record struct HistogramBucket(double Left, double Right, long Count);
