namespace GalaxyNet.Kernels;

/// <summary>
/// Quotients and remainders by a power of two that is a constant in each kernel. ILGPU writes a division for them, and
/// the driver's compiler keeps its result in a register from the beginning of a kernel to its end.
/// </summary>
internal static class PowerOfTwo
{
    /// <summary>floor(value / power), for powers from 1 to 256.</summary>
    public static int Quotient(int value, int power) => value >> Logarithm(power);

    /// <summary>The rest of that, at least 0.</summary>
    public static int Remainder(int value, int power) => value & (power - 1);

    private static int Logarithm(int power) =>
        (power >= 2 ? 1 : 0) + (power >= 4 ? 1 : 0) + (power >= 8 ? 1 : 0) + (power >= 16 ? 1 : 0)
        + (power >= 32 ? 1 : 0) + (power >= 64 ? 1 : 0) + (power >= 128 ? 1 : 0) + (power >= 256 ? 1 : 0);
}
