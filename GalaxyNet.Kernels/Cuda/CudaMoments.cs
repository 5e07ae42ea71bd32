namespace GalaxyNet.Kernels;

/// <summary>
/// The epilogue for batch normalization: the <see cref="Moments"/> of each row of a tile, taken from a block of rows in
/// shared memory. It saves reading the whole product again.
/// </summary>
/// <remarks>
/// Two sums, always in the same order: first the mean of a row, then the squared deviations from it. Several threads
/// share a row, and leave their parts of its sums in the four floats after it.
/// </remarks>
internal static class CudaMoments
{
    /// <summary>Stores the moments of a block's rows. All threads of the group must call it.</summary>
    public static void Store<TTile>(ArrayView<Float4> shared, CudaOutput output, CudaParts parts, int firstRow)
        where TTile : struct, ICudaTile
    {
        int rows = 4 * CudaTile.ThreadsDown<TTile>();
        int threadsOfRow = CudaTile.Threads<TTile>() / rows;
        int row = PowerOfTwo.Remainder(Group.IdxX, rows);
        int part = PowerOfTwo.Quotient(Group.IdxX, rows);
        int pitch = CudaTile.Pitch(TTile.Columns) / 4;
        int fours = TTile.Columns / 4 / threadsOfRow;
        int columns = IntrinsicMath.Min(TTile.Columns, output.Columns - (parts.Column * TTile.Columns));
        var numbers = shared.SubView((row * pitch) + (part * fours));
        int columnsOfPart = columns - (4 * part * fours);
        var sums = shared.Cast<float>().SubView((4 * row * pitch) + TTile.Columns);

        sums[part] = Squares(numbers, fours, columnsOfPart, 0f, 0);
        Group.Barrier();
        float mean = Total(sums, threadsOfRow) / columns;
        Group.Barrier();
        sums[part] = Squares(numbers, fours, columnsOfPart, mean, 1);
        Group.Barrier();
        if (part == 0)
            output.StoreMoments(
                firstRow + row, (parts.Across * (firstRow + row)) + parts.Column, mean, Total(sums, threadsOfRow));
    }

    private static float Total(ArrayView<float> sums, int parts)
    {
        float total = 0f;
        for (int part = 0; part < parts; part++)
            total += sums[part];
        return total;
    }

    /// <summary>The sum of squared distances from a mean, or the plain sum.</summary>
    private static float Squares(ArrayView<Float4> numbers, int fours, int columns, float mean, int squared)
    {
        float total = 0f;
        for (int i = 0; i < fours; i++)
        {
            var four = numbers[i];
            int left = columns - (4 * i);
            total += Square(four.X - mean, 0 < left, squared);
            total += Square(four.Y - mean, 1 < left, squared);
            total += Square(four.Z - mean, 2 < left, squared);
            total += Square(four.W - mean, 3 < left, squared);
        }
        return total;
    }

    private static float Square(float value, bool counts, int squared) =>
        counts ? squared != 0 ? value * value : value : 0f;
}
