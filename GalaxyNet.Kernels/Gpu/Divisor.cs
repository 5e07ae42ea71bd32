using System.Numerics;

namespace GalaxyNet.Kernels;

/// <summary>
/// Divides by a number that the host knows, by a multiplication and a shift: a GPU has no instruction for an integer
/// division, and takes about twenty.
/// </summary>
/// <remarks>
/// With s the bits of the divisor and m = ceil(2^(31 + s) / divisor), the quotient of every n from 0 to 2^31 - 1 is
/// exactly n m / 2^(31 + s), rounded down (Granlund and Montgomery, "Division by invariant integers using
/// multiplication", 1994).
/// </remarks>
internal readonly struct Divisor
{
    private const int Bits = 31;

    private readonly uint multiplier; // below 2^32, as the divisor is more than half of 2^s
    private readonly int shift;

    /// <param name="value">The divisor, at least 1.</param>
    public Divisor(int value)
    {
        shift = Bits + BitOperations.Log2((uint)value) + (BitOperations.IsPow2(value) ? 0 : 1);
        multiplier = (uint)(((1UL << shift) + (ulong)value - 1) / (ulong)value);
    }

    /// <summary>n / the divisor, of a number that is not negative.</summary>
    public int Quotient(int n) => (int)(((ulong)(uint)n * (ulong)multiplier) >> shift);
}
