namespace GalaxyNet.Kernels;

/// <summary>Rearrangements of matrices in vector registers.</summary>
internal static unsafe class SimdMatrix
{
    /// <summary>
    /// Transposes a matrix whose extents are multiples of the vector, in square blocks of it. A block of n rows is transposed by log2 n
    /// perfect shuffles: each interleaves row i with row i + n / 2.
    /// </summary>
    public static void Transpose<TSimd, TVector>(
        float* source, int sourcePitch, float* target, int targetPitch, int rows, int columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int row = 0; row < rows; row += TSimd.Count)
        {
            for (int column = 0; column < columns; column += TSimd.Count)
                TransposeBlock<TSimd, TVector>(
                    source + ((long)row * sourcePitch) + column,
                    sourcePitch,
                    target + ((long)column * targetPitch) + row,
                    targetPitch);
        }
    }

    private static void TransposeBlock<TSimd, TVector>(float* source, int sourcePitch, float* target, int targetPitch)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int half = TSimd.Count / 2;
        TVector* rows = stackalloc TVector[TSimd.Count];
        TVector* shuffled = stackalloc TVector[TSimd.Count];
        for (int i = 0; i < TSimd.Count; i++)
            rows[i] = TSimd.Load(source + (i * sourcePitch));
        for (int distance = TSimd.Count; distance > 1; distance /= 2)
        {
            for (int i = 0; i < half; i++)
                (shuffled[2 * i], shuffled[(2 * i) + 1]) = TSimd.Interleave(rows[i], rows[i + half]);
            TVector* swapped = rows;
            rows = shuffled;
            shuffled = swapped;
        }
        for (int i = 0; i < TSimd.Count; i++)
            TSimd.Store(rows[i], target + (i * targetPitch));
    }
}
