using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GalaxyNet.Kernels;

/// <summary>What a <see cref="RowLoop"/> does with as many elements as a vector has lanes.</summary>
internal interface IRowBody
{
    /// <summary>Handles the elements from <paramref name="first"/> on.</summary>
    void Run<TSimd, TVector>(int first)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}

/// <summary>A loop over a row by vectors: the device's own, then ever narrower ones for what is left.</summary>
internal static class RowLoop
{
    /// <summary>Hands every element of the row to the body once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TSimd, TVector, TBody>(ref TBody body, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TBody : struct, IRowBody
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
            body.Run<TSimd, TVector>(i);
        for (; i <= count - Simd256.Count; i += Simd256.Count)
            body.Run<Simd256, Vector256<float>>(i);
        for (; i <= count - Simd128<Registers16>.Count; i += Simd128<Registers16>.Count)
            body.Run<Simd128<Registers16>, Vector128<float>>(i);
        for (; i < count; i++)
            body.Run<SimdScalar, float>(i);
    }
}
