using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>Compiles kernels to PTX, the assembly of NVIDIA's GPUs; this needs no GPU.</summary>
internal sealed class PtxCompiler : IDisposable
{
    private readonly Context context = Context.Create(builder => builder.EnableAlgorithms());
    private readonly PTXBackend backend;

    /// <summary>A compiler for one architecture, at the first instruction set that knows it.</summary>
    public PtxCompiler(CudaArchitecture architecture)
    {
        Architecture = architecture;
        backend = new PTXBackend(context, architecture, InstructionSetOf(architecture), null!);
    }

    /// <summary>
    /// The architectures that kernels are checked for: Volta, Ampere, Ada Lovelace, Hopper and Blackwell.
    /// </summary>
    /// <remarks>
    /// ILGPU 1.5.3 uses nothing newer than Ampere has: from 8.0 on the text is the same but for the version of its
    /// language, and its target is sm_80.
    /// </remarks>
    public static IReadOnlyList<CudaArchitecture> Architectures { get; } =
    [
        CudaArchitecture.SM_70, CudaArchitecture.SM_80, CudaArchitecture.SM_89, CudaArchitecture.SM_90,
        CudaArchitecture.SM_120,
    ];

    /// <summary>What the compiler compiles for.</summary>
    public CudaArchitecture Architecture { get; }

    /// <summary>The PTX text of a kernel, as the library hands it to the driver.</summary>
    /// <exception cref="InternalCompilerException">
    /// The kernel does not compile. The compiler is of no use afterwards.
    /// </exception>
    public string Compile(MarkedKernel kernel) => Compile(kernel.Method, kernel.Specialization);

    /// <summary>The PTX text of a kernel.</summary>
    /// <exception cref="InternalCompilerException">
    /// The kernel does not compile. The compiler is of no use afterwards.
    /// </exception>
    public string Compile(MethodInfo kernel, KernelSpecialization specialization = default)
    {
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
        var compiled = (PTXCompiledKernel)backend.Compile(entry, specialization);
        return PtxText.Normalize(compiled.PTXAssembly, KernelName.Of(kernel));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        backend.Dispose();
        context.Dispose();
    }

    private static CudaInstructionSet InstructionSetOf(CudaArchitecture architecture) =>
        architecture == CudaArchitecture.SM_70 ? CudaInstructionSet.ISA_60
        : architecture == CudaArchitecture.SM_80 ? CudaInstructionSet.ISA_70
        : architecture == CudaArchitecture.SM_89 || architecture == CudaArchitecture.SM_90 ? CudaInstructionSet.ISA_78
        : architecture == CudaArchitecture.SM_120 ? CudaInstructionSet.ISA_87
        : throw new ArgumentException($"No instruction set is chosen for {architecture}.");
}
