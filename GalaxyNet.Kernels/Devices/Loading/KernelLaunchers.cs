using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// Makes launchers of kernels. A kernel is compiled when it is first launched, so that nobody waits for one that is not
/// needed, and it runs on the device's own stream.
/// </summary>
/// <remarks>
/// .NET has no delegates with any number of type parameters: hence a method for each number of arguments.
/// </remarks>
internal static class KernelLaunchers
{
    public static Action<KernelConfig, T1> Load<T1>(
        this Device device, Action<T1> kernel, KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<Action<AcceleratorStream, KernelConfig, T1>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1) => loaded.Launcher?.Invoke(device.Stream, config, a1);
    }

    public static Action<KernelConfig, T1, T2> Load<T1, T2>(
        this Device device, Action<T1, T2> kernel, KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<Action<AcceleratorStream, KernelConfig, T1, T2>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2) => loaded.Launcher?.Invoke(device.Stream, config, a1, a2);
    }

    public static Action<KernelConfig, T1, T2, T3> Load<T1, T2, T3>(
        this Device device, Action<T1, T2, T3> kernel, KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<Action<AcceleratorStream, KernelConfig, T1, T2, T3>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2, a3) => loaded.Launcher?.Invoke(device.Stream, config, a1, a2, a3);
    }

    public static Action<KernelConfig, T1, T2, T3, T4> Load<T1, T2, T3, T4>(
        this Device device, Action<T1, T2, T3, T4> kernel, KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2, a3, a4) => loaded.Launcher?.Invoke(device.Stream, config, a1, a2, a3, a4);
    }

    public static Action<KernelConfig, T1, T2, T3, T4, T5> Load<T1, T2, T3, T4, T5>(
        this Device device, Action<T1, T2, T3, T4, T5> kernel, KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2, a3, a4, a5) => loaded.Launcher?.Invoke(device.Stream, config, a1, a2, a3, a4, a5);
    }

    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6> Load<T1, T2, T3, T4, T5, T6>(
        this Device device, Action<T1, T2, T3, T4, T5, T6> kernel, KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2, a3, a4, a5, a6) =>
            loaded.Launcher?.Invoke(device.Stream, config, a1, a2, a3, a4, a5, a6);
    }

    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7> Load<T1, T2, T3, T4, T5, T6, T7>(
        this Device device, Action<T1, T2, T3, T4, T5, T6, T7> kernel, KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2, a3, a4, a5, a6, a7) =>
            loaded.Launcher?.Invoke(device.Stream, config, a1, a2, a3, a4, a5, a6, a7);
    }

    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8> Load<T1, T2, T3, T4, T5, T6, T7, T8>(
        this Device device,
        Action<T1, T2, T3, T4, T5, T6, T7, T8> kernel,
        KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2, a3, a4, a5, a6, a7, a8) =>
            loaded.Launcher?.Invoke(device.Stream, config, a1, a2, a3, a4, a5, a6, a7, a8);
    }

    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9> Load<T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        this Device device,
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> kernel,
        KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2, a3, a4, a5, a6, a7, a8, a9) =>
            loaded.Launcher?.Invoke(device.Stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9);
    }

    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>
        Load<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        this Device device,
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> kernel,
        KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10) =>
            loaded.Launcher?.Invoke(device.Stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
    }

    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>
        Load<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        this Device device,
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> kernel,
        KernelSpecialization specialization = default)
    {
        var loaded = new LoadedKernel<
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>>(
            device, new KernelCode(kernel.Method, specialization));
        return (config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11) =>
            loaded.Launcher?.Invoke(device.Stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11);
    }
}
