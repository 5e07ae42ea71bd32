using System.Runtime.Intrinsics;

namespace GalaxyNet.Kernels;

/// <summary>The SIMD registers that the CPU schedule uses, in bits.</summary>
internal enum VectorWidth
{
    /// <summary>128 bits, 4 floats: SSE and NEON.</summary>
    Bits128 = 128,

    /// <summary>256 bits, 8 floats: AVX2.</summary>
    Bits256 = 256,

    /// <summary>512 bits, 16 floats: AVX-512.</summary>
    Bits512 = 512,
}

/// <summary>Facts about <see cref="VectorWidth"/>.</summary>
internal static class VectorWidths
{
    /// <summary>The widest registers that this processor has.</summary>
    public static VectorWidth Widest =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : VectorWidth.Bits128;
}
