using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// Copies from the host to the device on a stream of their own: they run while kernels compute. Neither waits for the other, so
/// the caller sees to it that no kernel still reads what is overwritten, and none is launched before <see cref="Wait"/>.
/// </summary>
/// <param name="device">The device to copy to.</param>
public sealed class Uploads(Device device) : IDisposable
{
    private readonly AcceleratorStream stream = device.Accelerator.CreateStream();

    /// <summary>Begins to copy a buffer to another of the same length.</summary>
    /// <remarks>Always all of it: ILGPU's OpenCL copies take no part of the host's memory.</remarks>
    /// <exception cref="ArgumentException">The lengths differ, or the target lives on another device.</exception>
    public void Begin<T>(HostBuffer<T> source, DeviceBuffer<T> target)
        where T : unmanaged
    {
        target.Require(device, source.Length, nameof(target));
        if (source.Length != target.Length)
            throw new ArgumentException($"{source.Length} elements are not the {target.Length} of the target.", nameof(source));
        target.View.CopyFrom(stream, source.View);
    }

    /// <summary>Waits for the copies, and for nothing else that the device does.</summary>
    public void Wait() => stream.Synchronize();

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
