using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>Compiles kernels to PTX, the assembly of NVIDIA's GPUs; this needs no GPU.</summary>
/// <remarks>
/// Each kernel gets a context of its own, so that its text is always the same: in a shared one ILGPU makes it a little
/// shorter after others whose parts it can use again, in half the time, and nothing compiles after one that has failed.
/// </remarks>
internal sealed class PtxCompiler(CudaArchitecture architecture, CudaInstructionSet instructionSet)
{
    /// <summary>The PTX text of a kernel.</summary>
    /// <exception cref="InternalCompilerException">The kernel does not compile.</exception>
    public string Compile(MethodInfo kernel, KernelSpecialization specialization = default)
    {
        using var context = Context.Create(builder => builder.EnableAlgorithms());
        using var backend = new PTXBackend(context, architecture, instructionSet, null!);
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
        var compiled = (PTXCompiledKernel)backend.Compile(entry, specialization);
        return PtxText.Normalize(compiled.PTXAssembly, KernelName.Of(kernel));
    }
}
