using System.Runtime.CompilerServices;

namespace GalaxyNet.Kernels;

/// <summary>Copies of rows so short that the call of a general copy would take longer than the copy.</summary>
internal static unsafe class SimdCopy
{
    /// <summary>Copies <paramref name="count"/> floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TSimd, TVector>(float* source, float* target, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
            TSimd.Store(TSimd.Load(source + i), target + i);
        for (; i < count; i++)
            target[i] = source[i];
    }
}
