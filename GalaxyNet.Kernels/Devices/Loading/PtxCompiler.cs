using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>Compiles kernels to PTX, the assembly of NVIDIA's GPUs; this needs no GPU.</summary>
/// <remarks>
/// It keeps some 100 MB of what it has made of each. ILGPU makes a kernel a little shorter, and in half the time, after
/// others whose parts it can use again: for a text that is always the same, take a new compiler for each.
/// </remarks>
internal sealed class PtxCompiler : IDisposable
{
    private readonly Context context = Context.Create(builder => builder.EnableAlgorithms());
    private readonly PTXBackend backend;

    /// <summary>A compiler for one architecture and a version of PTX.</summary>
    public PtxCompiler(CudaArchitecture architecture, CudaInstructionSet instructionSet) =>
        backend = new PTXBackend(context, architecture, instructionSet, null!);

    /// <summary>The PTX text of a kernel.</summary>
    /// <exception cref="InternalCompilerException">
    /// The kernel does not compile. The compiler is of no use afterwards.
    /// </exception>
    public string Compile(KernelCode kernel)
    {
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method);
        var compiled = (PTXCompiledKernel)backend.Compile(entry, kernel.Specialization);
        return PtxText.LineByLine(PtxText.Normalize(compiled.PTXAssembly, KernelName.Of(kernel.Method)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        backend.Dispose();
        context.Dispose();
    }
}
