using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>Compiles kernels to PTX, the assembly of NVIDIA's GPUs; this needs no GPU.</summary>
/// <remarks>
/// ILGPU makes a kernel a little shorter, and in half the time, after others whose parts it can use again: for a text
/// that is always the same, take a new compiler for each.
/// </remarks>
internal sealed class PtxCompiler(CudaArchitecture architecture) : IDisposable
{
    private readonly Context context = Context.Create(builder => builder.EnableAlgorithms());
    private PTXBackend? backend;

    /// <summary>The PTX text of a kernel.</summary>
    /// <exception cref="InternalCompilerException">
    /// The kernel does not compile. The compiler is of no use afterwards.
    /// </exception>
    public string Compile(MethodInfo kernel, KernelSpecialization specialization = default)
    {
        backend ??= new PTXBackend(context, architecture, PtxTarget.InstructionSetOf(architecture), null!);
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
        var compiled = (PTXCompiledKernel)backend.Compile(entry, specialization);
        return PtxText.Normalize(compiled.PTXAssembly, KernelName.Of(kernel));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        backend?.Dispose();
        context.Dispose();
    }
}
