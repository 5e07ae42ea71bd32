using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>The architectures that kernels are checked for, with the first instruction set that knows each.</summary>
internal static class PtxTarget
{
    /// <summary>Volta, Ampere, Ada Lovelace, Hopper and Blackwell.</summary>
    /// <remarks>
    /// ILGPU 1.5.3 uses nothing newer than Ampere has: from 8.0 on the text is the same but for the version of its
    /// language, and its target is sm_80.
    /// </remarks>
    public static IReadOnlyList<CudaArchitecture> Architectures { get; } =
    [
        CudaArchitecture.SM_70, CudaArchitecture.SM_80, CudaArchitecture.SM_89, CudaArchitecture.SM_90,
        CudaArchitecture.SM_120,
    ];

    /// <summary>What compiles for one of <see cref="Architectures"/>.</summary>
    public static PtxCompiler CompilerFor(CudaArchitecture architecture) =>
        new(architecture, InstructionSetOf(architecture));

    private static CudaInstructionSet InstructionSetOf(CudaArchitecture architecture) =>
        architecture == CudaArchitecture.SM_70 ? CudaInstructionSet.ISA_60
        : architecture == CudaArchitecture.SM_80 ? CudaInstructionSet.ISA_70
        : architecture == CudaArchitecture.SM_89 || architecture == CudaArchitecture.SM_90 ? CudaInstructionSet.ISA_78
        : architecture == CudaArchitecture.SM_120 ? CudaInstructionSet.ISA_87
        : throw new ArgumentException($"No instruction set is chosen for {architecture}.");
}
