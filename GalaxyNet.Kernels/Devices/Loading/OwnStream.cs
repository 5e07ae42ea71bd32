using System.Runtime.CompilerServices;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// Gives an accelerator a stream of its own in place of CUDA's stream 0, which waits for all others and makes them
/// wait. What ILGPU launches and copies without being told a stream goes there too.
/// </summary>
internal static class OwnStream
{
    /// <summary>Replaces the default stream; the accelerator frees it.</summary>
    public static void Use(Accelerator accelerator) => SetDefault(accelerator, accelerator.CreateStream());

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_DefaultStream")]
    private static extern void SetDefault(Accelerator accelerator, AcceleratorStream stream);
}
