using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace GalaxyNet.Tests;

/// <summary>What the CPU schedule makes of a processor's registers.</summary>
[TestFixture]
internal sealed class VectorRegistersTests
{
    [Test]
    public void TheTileFollowsFromTheRegisters()
    {
        Assert.That(OuterProductTile.ColumnsFor(VectorRegisters.Sse), Is.EqualTo(2 * 4));
        Assert.That(OuterProductTile.ColumnsFor(VectorRegisters.Neon), Is.EqualTo(4 * 4));
        Assert.That(OuterProductTile.ColumnsFor(VectorRegisters.Avx2), Is.EqualTo(2 * 8));
        Assert.That(OuterProductTile.ColumnsFor(VectorRegisters.Avx512), Is.EqualTo(4 * 16));
    }

    /// <summary>Memory is counted by the device's registers, and used by those of the compiled loop.</summary>
    [Test]
    public void LoopsAreCompiledForTheRegistersOfTheDevice()
    {
        VectorRegisters[] compiled =
        [
            VectorRegisters.Of<Simd128<Registers16>, Vector128<float>>(),
            VectorRegisters.Of<Simd128<Registers32>, Vector128<float>>(),
            VectorRegisters.Of<Simd256, Vector256<float>>(),
            VectorRegisters.Of<Simd512, Vector512<float>>(),
        ];
        Assert.That(compiled, Is.EqualTo(VectorRegisters.All));
    }

    [Test]
    public void NeonIsForArm64() =>
        Assert.That(VectorRegisters.Widest == VectorRegisters.Neon, Is.EqualTo(AdvSimd.Arm64.IsSupported));
}
