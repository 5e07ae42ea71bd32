namespace GalaxyNet.Kernels;

/// <summary>Which kind of processor a kernel is written for.</summary>
internal enum Schedule
{
    /// <summary>Runs on every device: a loop that each thread strides through.</summary>
    Shared,

    /// <summary>Thread groups, shared memory and a register tile per thread.</summary>
    Gpu,

    /// <summary>The same for NVIDIA's GPUs from sm_80 on, with assembly (PTX) inside.</summary>
    Cuda,

    /// <summary>One thread a core, with SIMD inside.</summary>
    Cpu,
}
