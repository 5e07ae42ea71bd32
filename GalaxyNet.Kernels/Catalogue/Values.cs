namespace GalaxyNet.Kernels;

/// <summary>Argument values for the catalogue, each a function of a shape and a seed.</summary>
internal static class Values
{
    /// <summary>
    /// The numbers that the golden files are made from: u(i) = hash(i, seed) / 2^32 - 0.5, uniform in [-0.5, 0.5).
    /// </summary>
    public static float[] Uniform(Shape shape, int seed)
    {
        var values = new float[shape.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)Uniform(i, seed);
        return values;
    }

    /// <summary>One of these numbers in full.</summary>
    public static double Uniform(int index, int seed) => (Hash((uint)index, (uint)seed) / 4294967296.0) - 0.5;

    /// <summary>Like <see cref="Uniform(Shape, int)"/>, in [low, high).</summary>
    public static Func<Shape, int, float[]> Between(float low, float high) => (shape, seed) =>
        Array.ConvertAll(Uniform(shape, seed), u => low + ((high - low) * (u + 0.5f)));

    /// <summary>At least 0.1 from zero, in [-0.6, 0.6]: for operations with a kink at zero.</summary>
    public static float[] AwayFromZero(Shape shape, int seed) =>
        Array.ConvertAll(Uniform(shape, seed), u => u < 0f ? u - 0.1f : u + 0.1f);

    /// <summary>Zeros.</summary>
    public static float[] Zeros(Shape shape, int seed) => new float[shape.Count];

    /// <summary>Ones.</summary>
    public static float[] Ones(Shape shape, int seed) => [.. Enumerable.Repeat(1f, shape.Count)];

    /// <summary>Whole numbers from 0 to <paramref name="count"/> - 1.</summary>
    public static Func<Shape, int, float[]> Whole(int count) => (shape, seed) =>
        Array.ConvertAll(Uniform(shape, seed), u => MathF.Floor((u + 0.5f) * count));

    /// <summary>A shuffle of evenly spaced numbers in [-1, 1): no two are equal, so no maximum is shared.</summary>
    public static float[] Distinct(Shape shape, int seed)
    {
        float[] order = Uniform(shape, seed);
        var values = new float[order.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (2f * i / values.Length) - 1f;
        Array.Sort(order, values);
        return values;
    }

    private static uint Hash(uint index, uint seed)
    {
        uint x = unchecked((index * 2654435761u) + (seed * 40503u));
        x ^= x >> 16;
        x = unchecked(x * 2246822519u);
        x ^= x >> 13;
        x = unchecked(x * 3266489917u);
        return x ^ (x >> 16);
    }
}
