using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>What the tensor cores of NVIDIA's GPUs do with TF32, as far as this library uses them.</summary>
internal static class TensorCores
{
    /// <summary>
    /// Multiply-adds of TF32 that a multiprocessor does in a clock by <c>mma.sync</c>; 0 where that is not known to be
    /// more than the 128 of float32 that its other cores do.
    /// </summary>
    /// <remarks>
    /// Of the A100 the data sheet's 156 TFLOP/s on 108 multiprocessors at 1.41 GHz. Of Hopper what an H200 measured,
    /// 315 TFLOP/s on 132 at 1.98 GHz: the rest of its data sheet's needs instructions that ILGPU does not reach.
    /// GeForce and RTX cards (sm_86, sm_89, sm_120) do no more than 128, by their data sheets.
    /// </remarks>
    public static int MultiplyAddsOf(CudaArchitecture architecture) => (architecture.Major, architecture.Minor) switch
    {
        (8, 0) => 512,
        (9, 0) => 600,
        _ => 0,
    };
}
