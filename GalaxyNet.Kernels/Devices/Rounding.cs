namespace GalaxyNet.Kernels;

/// <summary>How many pieces of a size cover so many things.</summary>
internal static class Rounding
{
    /// <summary>The quotient of a number that is not negative, rounded up.</summary>
    public static int CeilingDivide(int value, int divisor) => (int)(((uint)value + (uint)divisor - 1) / (uint)divisor);

    /// <summary>The next multiple that is not smaller.</summary>
    public static int RoundUp(int value, int multiple) => CeilingDivide(value, multiple) * multiple;
}
