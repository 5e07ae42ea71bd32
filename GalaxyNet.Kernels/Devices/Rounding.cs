namespace GalaxyNet.Kernels;

/// <summary>How many pieces of a size cover so many things.</summary>
internal static class Rounding
{
    /// <summary>The quotient, rounded up.</summary>
    public static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;

    /// <summary>The next multiple that is not smaller.</summary>
    public static int RoundUp(int value, int multiple) => CeilingDivide(value, multiple) * multiple;
}
