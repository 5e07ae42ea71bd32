using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>Where a device's kernels come from.</summary>
internal interface IKernelSource
{
    /// <summary>Does for several kernels what takes long and can be done before loading them.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="onCompiled">Gets each as soon as it is ready.</param>
    void Compile(IReadOnlyCollection<KernelCode> kernels, Action<KernelCode> onCompiled);

    /// <summary>Loads a kernel, compiled or not; several threads may do this at once.</summary>
    /// <exception cref="KernelLoadException">The driver refuses it.</exception>
    Kernel Load(KernelCode kernel);
}

/// <summary>Leaves everything to ILGPU.</summary>
internal sealed class IlgpuKernels(Accelerator accelerator) : IKernelSource
{
    /// <inheritdoc/>
    public void Compile(IReadOnlyCollection<KernelCode> kernels, Action<KernelCode> onCompiled)
    {
        foreach (var kernel in kernels)
            onCompiled(kernel);
    }

    /// <inheritdoc/>
    public Kernel Load(KernelCode kernel) => accelerator.LoadKernel(kernel.Method, kernel.Specialization);
}
