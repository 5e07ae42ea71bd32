namespace GalaxyNet.Kernels;

/// <summary>A kernel's launcher, loaded when it is first asked for.</summary>
/// <typeparam name="TLauncher">What takes the stream, the groups and the kernel's arguments.</typeparam>
internal sealed class LoadedKernel<TLauncher>(Device device, KernelCode code)
    where TLauncher : Delegate
{
    private TLauncher? launcher;

    /// <summary>The launcher; null in a rehearsal, where the kernel is only noted.</summary>
    /// <exception cref="KernelLoadException">The driver refuses the kernel.</exception>
    public TLauncher? Launcher
    {
        get
        {
            if (device.Kernels.NotesInRehearsal(code))
                return null;
            device.Team?.CountLaunch();
            return launcher ??= device.Kernels.Load(code).CreateLauncherDelegate<TLauncher>();
        }
    }
}
