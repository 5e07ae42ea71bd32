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
    private static readonly ConcurrentDictionary<KernelIdentity, string> KnownToThisProcess = [];

    /// <inheritdoc/>
    public void Compile(IReadOnlyCollection<KernelCode> kernels, Action<KernelCode> onCompiled)
    {
        var missing = new List<KernelCode>();
        foreach (var kernel in kernels)
        {
            if (Find(IdentityOf(kernel)) is null)
                missing.Add(kernel);
            else
                onCompiled(kernel);
        }
        if (missing.Count > 0)
            CompileAll(missing, onCompiled);
    }

    /// <inheritdoc/>
    public Kernel Load(KernelCode kernel)
    {
        var identity = IdentityOf(kernel);
        string ptx = Find(identity) ?? CompileByItself(kernel, identity);
        var named = new NamedKernelMethod(kernel.Method, PtxText.EntrySuffixOf(identity.Name));
        bool isDynamic = PtxText.HasDynamicSharedMemory(ptx);
        var entry = new EntryPoint(
            EntryPointDescription.FromExplicitlyGroupedKernel(named),
            new SharedMemorySpecification(0, isDynamic), // else the PTX declares what it needs
            kernel.Specialization);
        try
        {
            var loaded = (CudaKernel)accelerator.LoadKernel(Create(context, entry, null, ptx));
            if (isDynamic)
                CudaSharedMemory.AllowAll(accelerator, loaded);
            return loaded;
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

    /// <summary>The PTX that this process or an earlier one has made; null if there is none.</summary>
    private string? Find(KernelIdentity identity)
    {
        if (KnownToThisProcess.TryGetValue(identity, out string? known))
            return known;
        return cache.Find(identity) is { } kept ? KnownToThisProcess.GetOrAdd(identity, kept) : null;
    }

    private void CompileAll(List<KernelCode> missing, Action<KernelCode> onCompiled)
    {
        using var paused = new PausedCollection();
        using var compiler = new PtxCompiler(accelerator.Architecture, accelerator.InstructionSet);
        foreach (var kernel in missing)
        {
            Compile(kernel, IdentityOf(kernel), compiler);
            onCompiled(kernel);
        }
    }

    private string CompileByItself(KernelCode kernel, KernelIdentity identity)
    {
        using var compiler = new PtxCompiler(accelerator.Architecture, accelerator.InstructionSet);
        return Compile(kernel, identity, compiler);
    }

    private string Compile(KernelCode kernel, KernelIdentity identity, PtxCompiler compiler)
    {
        string ptx = compiler.Compile(kernel);
        cache.Keep(identity, ptx);
        return KnownToThisProcess.GetOrAdd(identity, ptx);
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
