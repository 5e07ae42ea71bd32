using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>Linear combinations of vectors with constant factors, and pairs of them, for the maps of <see cref="IWinogradTile"/>.</summary>
internal static unsafe class Linear<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>a x + b y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(float a, TVector x, float b, TVector y) =>
        TSimd.MultiplyAdd(TSimd.Broadcast(a), x, TSimd.Multiply(TSimd.Broadcast(b), y));

    /// <summary>a x + b y + c z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(float a, TVector x, float b, TVector y, float c, TVector z) =>
        TSimd.MultiplyAdd(TSimd.Broadcast(a), x, Of(b, y, c, z));

    /// <summary>a x + b y + c z + d u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(float a, TVector x, float b, TVector y, float c, TVector z, float d, TVector u) =>
        TSimd.MultiplyAdd(TSimd.Broadcast(a), x, Of(b, y, c, z, d, u));

    /// <summary>Writes the values at a point and at its negative: even + odd, and <paramref name="stride"/> further even - odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePair(TVector even, TVector odd, TVector* target, int stride)
    {
        target[0] = TSimd.Add(even, odd);
        target[stride] = TSimd.Subtract(even, odd);
    }
}
