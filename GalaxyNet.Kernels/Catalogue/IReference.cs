namespace GalaxyNet.Kernels;

/// <summary>An operation's formula as plain loops in float64, under the catalogue's uniform signature.</summary>
/// <remarks>
/// Arrays are of double and have the rank and extents of their <see cref="Argument"/>. Results may have any rank: they
/// are compared in row-major order.
/// </remarks>
internal interface IReference
{
    /// <summary>The output, if there is one; an argument that the operation updates is changed in place.</summary>
    Array? Forward(Array[] arguments);

    /// <summary>The gradient with respect to each argument; null where the operation has none.</summary>
    Array?[] Backward(Array[] arguments, Array outputGradient);
}

/// <summary>Arrays of any rank, whose numbers are in row-major order.</summary>
internal static class ArrayShapes
{
    /// <summary>A copy with the rank and extents of a shape.</summary>
    public static Array Shaped(this Array values, Shape shape)
    {
        var shaped = Array.CreateInstance(typeof(double), shape.ToArray());
        Buffer.BlockCopy(values, 0, shaped, 0, Buffer.ByteLength(values));
        return shaped;
    }

    /// <summary>A copy with one axis.</summary>
    public static double[] Flat(this Array values) => (double[])values.Shaped([values.Length]);

    /// <summary>The extents, such as 3 and 7 of a matrix.</summary>
    public static int[] Extents(this Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)];

    /// <summary>A copy with the same rank and extents, each number divided.</summary>
    public static Array Divided(this Array values, double divisor)
    {
        double[] divided = Array.ConvertAll(values.Flat(), value => value / divisor);
        return divided.Shaped([.. values.Extents()]);
    }
}
