using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>What NVIDIA's data sheets say of a GPU.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Multiprocessors">Streaming multiprocessors.</param>
/// <param name="ClockGhz">The boost clock, in GHz.</param>
/// <param name="PeakTflops">The peak of float32 multiply-adds outside tensor cores, in TFLOP/s.</param>
/// <param name="BandwidthTbs">The bandwidth of its memory, in TB/s.</param>
internal sealed record GpuDataSheet(
    string Name,
    CudaArchitecture Architecture,
    int Multiprocessors,
    double ClockGhz,
    double PeakTflops,
    double BandwidthTbs)
{
    // Of every architecture since Volta: 32 banks of 4 bytes, and 4 schedulers that each issue one instruction of a
    // warp of 32.
    private const int SharedBytesPerClock = 128;
    private const int InstructionsPerClock = 128;
    private const int MaxThreadsOfGroup = 1024;

    /// <summary>The GPUs that the estimates are for.</summary>
    public static IReadOnlyList<GpuDataSheet> All { get; } =
    [
        new("RTX 4090", CudaArchitecture.SM_89, 128, 2.52, 82.6, 1.008),
        new("A100 80 GB", CudaArchitecture.SM_80, 108, 1.41, 19.5, 2.039),
        new("H100 SXM", CudaArchitecture.SM_90, 132, 1.98, 66.9, 3.35),
        H200,
    ];

    /// <summary>The GPU that <see cref="MeasuredOnH200"/> is about.</summary>
    public static GpuDataSheet H200 => new("H200 SXM", CudaArchitecture.SM_90, 132, 1.98, 66.9, 4.8);

    /// <summary>What a plan must know of it in float32.</summary>
    public GpuSize Size => SizeAt(Precision.Float32);

    /// <summary>The peak of TF32 multiply-adds by <c>mma.sync</c>, in TFLOP/s; 0 where it is not used.</summary>
    public double TensorTflops => 2 * TensorMultiplyAdds * Multiprocessors * ClockGhz / 1e3;

    /// <summary>The bandwidth of all shared memories together, in TB/s: 128 bytes a clock each.</summary>
    public double SharedBandwidthTbs => Multiprocessors * SharedBytesPerClock * ClockGhz / 1e3;

    /// <summary>Instructions of single threads that can be issued in a second, in units of 10^12.</summary>
    public double TeraInstructions => Multiprocessors * InstructionsPerClock * ClockGhz / 1e3;

    private int TensorMultiplyAdds => TensorCores.MultiplyAddsOf(Architecture);

    /// <summary>What a plan must know of it at a precision.</summary>
    public GpuSize SizeAt(Precision precision) =>
        new(Multiprocessors, MaxThreadsOfGroup, TensorMultiplyAdds, precision);
}
