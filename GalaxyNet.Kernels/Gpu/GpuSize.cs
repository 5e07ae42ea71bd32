using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>What a plan must know of a GPU.</summary>
/// <param name="Multiprocessors">How many there are to fill.</param>
/// <param name="MaxThreads">The most threads that a group can have; at least 32.</param>
/// <param name="TensorMultiplyAdds">
/// Multiply-adds of TF32 that the tensor cores of a multiprocessor do in a clock; 0 to do without them.
/// </param>
/// <param name="Precision">Whether factors may be rounded to TF32.</param>
internal readonly record struct GpuSize(
    int Multiprocessors, int MaxThreads, int TensorMultiplyAdds = 0, Precision Precision = Precision.Float32)
{
    private const int MaxThreadsOfSimulator = 32;
    private const int BytesOfClock = 16; // of memory for each multiprocessor: an H200's 4.2 TB/s
    private const int Float32MultiplyAdds = 128; // of a clock and multiprocessor

    /// <summary>
    /// That of a device. The simulator gets small groups: it wakes one of the system's threads for each of theirs.
    /// </summary>
    public static GpuSize Of(Device device) => new(
        device.Multiprocessors,
        device.Kind == DeviceKind.Simulator ? MaxThreadsOfSimulator : device.Accelerator.MaxNumThreadsPerGroup,
        device.Accelerator is CudaAccelerator cuda ? TensorCores.MultiplyAddsOf(cuda.Architecture) : 0,
        device.Precision);

    /// <summary>Whether the GPU can, and may, compute by a tile.</summary>
    public bool Runs(TileShape tile) => tile.Threads <= MaxThreads && tile.Arithmetic switch
    {
        TileArithmetic.Tf32 => TensorMultiplyAdds > 0 && Precision == Precision.TensorFloat32,
        TileArithmetic.Tf32x3 => TensorMultiplyAdds > 0,
        _ => true,
    };

    /// <summary>Multiply-adds that a multiprocessor does in a clock.</summary>
    public double MultiplyAddsOfClock(TileArithmetic arithmetic) => arithmetic switch
    {
        TileArithmetic.Tf32 => TensorMultiplyAdds,
        TileArithmetic.Tf32x3 => TensorMultiplyAdds / 3.0,
        _ => Float32MultiplyAdds,
    };

    /// <summary>Clocks in which memory reads or writes so many bytes, at the same rate per multiprocessor.</summary>
    public double ClocksOfBytes(double bytes) => bytes / BytesOfClock / Multiprocessors;
}
