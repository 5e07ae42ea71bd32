using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GalaxyNet.Kernels;

/// <summary>
/// Where the lines of a processor's caches begin. A vector of 64 bytes that straddles two of them counts as two loads,
/// and allocators give no more than a multiple of 16 bytes.
/// </summary>
internal static unsafe class CacheLine
{
    /// <summary>Bytes.</summary>
    public const int Size = 64;

    /// <summary>Floats.</summary>
    public const int Floats = Size / sizeof(float);

    /// <summary>The elements of a block before its first cache line; 0 where no line begins with an element.</summary>
    public static int ElementsToNext<T>(nint address)
        where T : unmanaged
    {
        int bytes = (int)(-address & (Size - 1));
        return bytes % Unsafe.SizeOf<T>() == 0 ? bytes / Unsafe.SizeOf<T>() : 0;
    }

    /// <summary>
    /// Asks the processor to bring numbers into the second-level cache while others are computed with.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* first, int count)
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < count; i += Floats)
            Sse.Prefetch1(first + i);
    }
}
