using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>Rearrangements of matrices in vector registers.</summary>
internal static unsafe class SimdMatrix
{
    /// <summary>Transposes as many rows as a vector has lanes, of at least as many columns.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="pitch">Floats from a row to the next.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="target">Receives a vector for each column.</param>
    public static void TransposeRows<TSimd, TVector>(float* source, int pitch, int columns, float* target)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int column = 0; column < columns; column += TSimd.Count)
        {
            // The last block ends with the row, and may repeat columns of the one before.
            int first = Math.Min(column, columns - TSimd.Count);
            TransposeBlock<TSimd, TVector>(source + first, pitch, target + (first * TSimd.Count), TSimd.Count);
        }
    }

    /// <summary>
    /// Transposes a square block of as many rows as a vector has lanes, n, by log2 n perfect shuffles: each interleaves
    /// row i with row i + n / 2. Two at a time stay in registers.
    /// </summary>
    public static void TransposeBlock<TSimd, TVector>(float* source, int sourcePitch, float* target, int targetPitch)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (TSimd.Count == 4)
        {
            ShuffleTwice<TSimd, TVector>(source, sourcePitch, target, targetPitch);
            return;
        }
        float* shuffled = stackalloc float[TSimd.Count * TSimd.Count];
        ShuffleTwice<TSimd, TVector>(source, sourcePitch, shuffled, TSimd.Count);
        if (TSimd.Count == 16)
            ShuffleTwice<TSimd, TVector>(shuffled, TSimd.Count, target, targetPitch);
        else
            Shuffle<TSimd, TVector>(shuffled, TSimd.Count, target, targetPitch);
    }

    /// <summary>Four vectors number by number: the first of each, then the second of each, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector, TVector, TVector, TVector) Interleave<TSimd, TVector>(
        TVector v0, TVector v1, TVector v2, TVector v3)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var (even0, even1) = TSimd.Interleave(v0, v2);
        var (odd0, odd1) = TSimd.Interleave(v1, v3);
        var (first, second) = TSimd.Interleave(even0, odd0);
        var (third, fourth) = TSimd.Interleave(even1, odd1);
        return (first, second, third, fourth);
    }

    private static void ShuffleTwice<TSimd, TVector>(float* source, int sourcePitch, float* target, int targetPitch)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int quarter = TSimd.Count / 4 * sourcePitch;
        for (int i = 0; i < TSimd.Count / 4; i++, source += sourcePitch, target += 4 * targetPitch)
        {
            var (row0, row1, row2, row3) = Interleave<TSimd, TVector>(
                TSimd.Load(source),
                TSimd.Load(source + quarter),
                TSimd.Load(source + (2 * quarter)),
                TSimd.Load(source + (3 * quarter)));
            TSimd.Store(row0, target);
            TSimd.Store(row1, target + targetPitch);
            TSimd.Store(row2, target + (2 * targetPitch));
            TSimd.Store(row3, target + (3 * targetPitch));
        }
    }

    private static void Shuffle<TSimd, TVector>(float* source, int sourcePitch, float* target, int targetPitch)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int half = TSimd.Count / 2 * sourcePitch;
        for (int i = 0; i < TSimd.Count / 2; i++, source += sourcePitch, target += 2 * targetPitch)
        {
            var (row0, row1) = TSimd.Interleave(TSimd.Load(source), TSimd.Load(source + half));
            TSimd.Store(row0, target);
            TSimd.Store(row1, target + targetPitch);
        }
    }
}
