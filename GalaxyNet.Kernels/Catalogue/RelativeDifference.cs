using System.Numerics;

namespace GalaxyNet.Kernels;

/// <summary>How far two lists of numbers are apart.</summary>
internal static class RelativeDifference
{
    /// <summary>
    /// |actual - expected| / |expected| in the Euclidean norm; NaN where <paramref name="actual"/> has one.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of<TActual, TExpected>(ReadOnlySpan<TActual> actual, ReadOnlySpan<TExpected> expected)
        where TActual : INumber<TActual>
        where TExpected : INumber<TExpected>
    {
        if (actual.Length != expected.Length)
            throw new ArgumentException($"{actual.Length} numbers cannot be compared with {expected.Length}.");
        double difference = 0, norm = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double value = double.CreateChecked(expected[i]);
            difference += Math.Pow(double.CreateChecked(actual[i]) - value, 2);
            norm += Math.Pow(value, 2);
        }
        return Math.Sqrt(difference) / Math.Max(Math.Sqrt(norm), 1e-30);
    }
}
