namespace GalaxyNet.Kernels;

/// <summary>The sum of <see cref="TreeSum"/> as plain loops, in float64.</summary>
internal sealed class TreeSumReference : IReference
{
    /// <summary>Adds parts 0 and 1, 2 and 3, and so on, then these sums, until x[0] is the sum of all.</summary>
    public static void Sum(double[,] x)
    {
        for (int s = 1; s < x.GetLength(0); s *= 2)
            for (int i = 0; i < x.GetLength(0); i += 2 * s)
                for (int j = 0; j < x.GetLength(1); j++)
                    x[i, j] += x[i + s, j];
    }

    Array? IReference.Forward(Array[] arguments)
    {
        Sum((double[,])arguments[0]);
        return null;
    }

    Array?[] IReference.Backward(Array[] arguments, Array outputGradient) => [null];
}
