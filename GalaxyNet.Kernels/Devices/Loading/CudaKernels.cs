using System.Collections.Concurrent;
using System.Reflection;
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
internal sealed class CudaKernels(Context context, CudaAccelerator accelerator, KernelCache cache)
{
    private static readonly ConcurrentDictionary<KernelIdentity, string> CompiledByThisProcess = [];

    /// <summary>Compiles a kernel, if no cache has it.</summary>
    public void Compile(MethodInfo method, KernelSpecialization specialization) =>
        PtxOf(IdentityOf(method, specialization), method, specialization);

    /// <summary>Loads a kernel; it is gone with the accelerator.</summary>
    /// <exception cref="KernelLoadException">The driver refuses it.</exception>
    public Kernel Load(MethodInfo method, KernelSpecialization specialization)
    {
        var identity = IdentityOf(method, specialization);
        string ptx = PtxOf(identity, method, specialization);
        var named = new NamedKernelMethod(method, PtxText.EntrySuffixOf(identity.Name));
        var entry = new EntryPoint(
            EntryPointDescription.FromExplicitlyGroupedKernel(named),
            new SharedMemorySpecification(0, hasDynamicMemory: false), // the PTX declares what it needs
            specialization);
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

    private KernelIdentity IdentityOf(MethodInfo method, KernelSpecialization specialization) =>
        KernelIdentity.Of(method, specialization, accelerator.Architecture, accelerator.InstructionSet);

    private string PtxOf(KernelIdentity identity, MethodInfo method, KernelSpecialization specialization) =>
        CompiledByThisProcess.GetOrAdd(identity, _ =>
        {
            if (cache.Find(identity) is { } found)
                return found;
            var entry = EntryPointDescription.FromExplicitlyGroupedKernel(method);
            var compiled = (PTXCompiledKernel)accelerator.Backend.Compile(entry, specialization);
            string ptx = PtxText.Normalize(compiled.PTXAssembly, identity.Name);
            cache.Keep(identity, ptx);
            return ptx;
        });

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
