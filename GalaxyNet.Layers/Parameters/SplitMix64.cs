namespace GalaxyNet.Layers;

/// <summary>
/// A stream of random numbers that is the same on every machine and with every version of .NET.
/// </summary>
/// <remarks>
/// SplitMix64 of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014):
/// a counter that advances by the golden ratio, and a mixing function over it.
/// </remarks>
internal struct SplitMix64(ulong seed)
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;
    private const int FloatBits = 24;

    private ulong state = seed;

    /// <summary>The seed of an independent stream: child <paramref name="index"/> of <paramref name="seed"/>.</summary>
    public static ulong Derive(ulong seed, int index)
    {
        var children = new SplitMix64(Mix(seed) + ((ulong)index * GoldenRatio));
        return children.Next();
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => Mix(state += GoldenRatio);

    /// <summary>The next number of a uniform distribution over [low, high).</summary>
    public float NextBetween(float low, float high)
    {
        float unit = (Next() >> (64 - FloatBits)) / (float)(1 << FloatBits);
        return low + ((high - low) * unit);
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
