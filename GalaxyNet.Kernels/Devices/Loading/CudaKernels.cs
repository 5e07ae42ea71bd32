using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>
/// Loads kernels on an NVIDIA GPU: compiles each to PTX, or takes that from a <see cref="KernelCache"/>, and hands it
/// to the driver under a name of its own.
/// </summary>
internal sealed class CudaKernels(Context context, CudaAccelerator accelerator, KernelCache cache) : IKernelSource
{
    private static readonly ConcurrentDictionary<KernelIdentity, string> CompiledByThisProcess = [];

    /// <inheritdoc/>
    public void Compile(IReadOnlyCollection<KernelCode> kernels, Action<KernelCode> onCompiled)
    {
        using var paused = new PausedCollection();
        using var compiler = new PtxCompiler(accelerator.Architecture, accelerator.InstructionSet);
        foreach (var kernel in kernels)
        {
            PtxOf(kernel, IdentityOf(kernel), compiler.Compile);
            onCompiled(kernel);
        }
    }

    /// <inheritdoc/>
    public Kernel Load(KernelCode kernel)
    {
        var identity = IdentityOf(kernel);
        string ptx = PtxOf(kernel, identity, CompileByItself);
        var named = new NamedKernelMethod(kernel.Method, PtxText.EntrySuffixOf(identity.Name));
        var entry = new EntryPoint(
            EntryPointDescription.FromExplicitlyGroupedKernel(named),
            new SharedMemorySpecification(0, hasDynamicMemory: false), // the PTX declares what it needs
            kernel.Specialization);
        try
        {
            return accelerator.LoadKernel(Create(context, entry, null, ptx));
        }
        catch (CudaException e)
        {
            string log = CompilerLog.Of(ptx, e);
            ForgetUnloadedKernel();
            throw new KernelLoadException(
                $"The driver refuses the kernel {identity.Name}, a newer one may take it: {log}", e);
        }
    }

    private KernelIdentity IdentityOf(KernelCode kernel) =>
        KernelIdentity.Of(kernel, accelerator.Architecture, accelerator.InstructionSet);

    private string PtxOf(KernelCode kernel, KernelIdentity identity, Func<KernelCode, string> compile) =>
        CompiledByThisProcess.GetOrAdd(identity, _ =>
        {
            if (cache.Find(identity) is { } found)
                return found;
            string ptx = compile(kernel);
            cache.Keep(identity, ptx);
            return ptx;
        });

    private string CompileByItself(KernelCode kernel)
    {
        using var compiler = new PtxCompiler(accelerator.Architecture, accelerator.InstructionSet);
        return compiler.Compile(kernel);
    }

    /// <summary>
    /// Lets the accelerator forget the kernel that has no module: closing it would fail on that, and hide this fault.
    /// </summary>
    private static void ForgetUnloadedKernel()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern PTXCompiledKernel Create(
        Context context, EntryPoint entryPoint, CompiledKernel.KernelInfo? info, string ptxAssembly);
}
