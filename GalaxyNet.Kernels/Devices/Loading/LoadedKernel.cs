using System.Reflection;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>A kernel's launcher, loaded when it is first asked for.</summary>
/// <typeparam name="TLauncher">What takes the stream, the groups and the kernel's arguments.</typeparam>
internal sealed class LoadedKernel<TLauncher>(Device device, MethodInfo method, KernelSpecialization specialization)
    where TLauncher : Delegate
{
    private TLauncher? launcher;

    /// <summary>The launcher; null in a rehearsal, where the kernel is only noted.</summary>
    /// <exception cref="KernelLoadException">The driver refuses the kernel.</exception>
    public TLauncher? Launcher
    {
        get
        {
            if (device.Kernels.NotesInRehearsal(method, specialization))
                return null;
            return launcher ??= device.Kernels.Load(method, specialization).CreateLauncherDelegate<TLauncher>();
        }
    }
}
