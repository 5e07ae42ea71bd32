using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// A sum of vectors at listed indices: S[r, :] += sum over j of gradient[j] B[index[j] + offset[r] + :]. The nine sums
/// stay in registers, enough of them for no multiply-add to wait for another; the loop is limited by the loads, one for
/// each.
/// </summary>
internal static unsafe class ScatterTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 9;

    /// <summary>Adds to <paramref name="sums"/>, row after row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TSimd, TVector>(
        float* b, int* indices, float* gradients, int count, int* offsets, float* sums)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int n = TSimd.Count;
        TVector s0 = TSimd.Load(sums), s1 = TSimd.Load(sums + n), s2 = TSimd.Load(sums + (2 * n));
        TVector s3 = TSimd.Load(sums + (3 * n)), s4 = TSimd.Load(sums + (4 * n)), s5 = TSimd.Load(sums + (5 * n));
        TVector s6 = TSimd.Load(sums + (6 * n)), s7 = TSimd.Load(sums + (7 * n)), s8 = TSimd.Load(sums + (8 * n));
        float* b0 = b + offsets[0];
        nint o1 = offsets[1] - offsets[0], o2 = offsets[2] - offsets[0], o3 = offsets[3] - offsets[0];
        nint o4 = offsets[4] - offsets[0], o5 = offsets[5] - offsets[0], o6 = offsets[6] - offsets[0];
        nint o7 = offsets[7] - offsets[0], o8 = offsets[8] - offsets[0];
        for (int j = 0; j < count; j++)
        {
            float* p = b0 + indices[j];
            TVector gradient = TSimd.Broadcast(gradients[j]);
            s0 = TSimd.MultiplyAdd(gradient, TSimd.Load(p), s0);
            s1 = TSimd.MultiplyAdd(gradient, TSimd.Load(p + o1), s1);
            s2 = TSimd.MultiplyAdd(gradient, TSimd.Load(p + o2), s2);
            s3 = TSimd.MultiplyAdd(gradient, TSimd.Load(p + o3), s3);
            s4 = TSimd.MultiplyAdd(gradient, TSimd.Load(p + o4), s4);
            s5 = TSimd.MultiplyAdd(gradient, TSimd.Load(p + o5), s5);
            s6 = TSimd.MultiplyAdd(gradient, TSimd.Load(p + o6), s6);
            s7 = TSimd.MultiplyAdd(gradient, TSimd.Load(p + o7), s7);
            s8 = TSimd.MultiplyAdd(gradient, TSimd.Load(p + o8), s8);
        }
        TSimd.Store(s0, sums);
        TSimd.Store(s1, sums + n);
        TSimd.Store(s2, sums + (2 * n));
        TSimd.Store(s3, sums + (3 * n));
        TSimd.Store(s4, sums + (4 * n));
        TSimd.Store(s5, sums + (5 * n));
        TSimd.Store(s6, sums + (6 * n));
        TSimd.Store(s7, sums + (7 * n));
        TSimd.Store(s8, sums + (8 * n));
    }
}
