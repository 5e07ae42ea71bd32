using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace GalaxyNet.Kernels;

/// <summary>The SIMD registers that the CPU schedule uses.</summary>
/// <param name="Bits">The width of each.</param>
/// <param name="Count">Registers that a loop may keep values in: the size of its tile follows from them.</param>
internal readonly record struct VectorRegisters(int Bits, int Count)
{
    /// <summary>4 floats, on x86.</summary>
    public static readonly VectorRegisters Sse = new(128, 16);

    /// <summary>4 floats, on ARM64.</summary>
    public static readonly VectorRegisters Neon = new(128, 32);

    /// <summary>8 floats.</summary>
    public static readonly VectorRegisters Avx2 = new(256, 16);

    /// <summary>16 floats.</summary>
    public static readonly VectorRegisters Avx512 = new(512, 32);

    /// <summary>All that the CPU schedule is made for.</summary>
    public static readonly IReadOnlyList<VectorRegisters> All = [Sse, Neon, Avx2, Avx512];

    /// <summary>The widest that this processor has.</summary>
    public static VectorRegisters Widest =>
        Vector512.IsHardwareAccelerated ? Avx512
        : Vector256.IsHardwareAccelerated ? Avx2
        : AdvSimd.Arm64.IsSupported ? Neon
        : Sse;

    /// <summary>Floats in each.</summary>
    public int Lanes => Bits / 32;

    /// <summary>Those of a loop that the compiler has specialized.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorRegisters Of<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => new(32 * TSimd.Count, TSimd.Registers);

    /// <summary>What a device's name says of them.</summary>
    public override string ToString() => this == Neon ? "128-bit NEON vectors" : $"{Bits}-bit vectors";
}
