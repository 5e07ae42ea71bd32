namespace GalaxyNet.Kernels;

/// <summary>Where kernels run.</summary>
public enum DeviceKind
{
    /// <summary>The first of CUDA, OpenCL (GPUs only) and CPU that this machine has.</summary>
    Auto,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,

    /// <summary>An OpenCL device: AMD and Intel GPUs, or a CPU through PoCL.</summary>
    OpenCl,

    /// <summary>This machine's processor, one thread a core and SIMD inside.</summary>
    Cpu,

    /// <summary>A GPU simulated on the processor, with real groups and barriers: for tests at small shapes.</summary>
    Simulator,
}
