using ILGPU;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// Copies between the host and the device on a stream of their own: they run while kernels compute. Neither waits for the other,
/// so the caller sees to it that no kernel still reads what is overwritten or writes what is read, and none is launched before
/// <see cref="Wait"/>.
/// </summary>
/// <param name="device">The device to copy to and from.</param>
public sealed class AsyncCopies(Device device) : IDisposable
{
    private readonly AcceleratorStream stream = device.Accelerator.CreateStream();

    /// <summary>Begins to copy a buffer of the host to one of the device.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the target lives on another device.</exception>
    public void Begin<T>(HostBuffer<T> source, DeviceBuffer<T> target)
        where T : unmanaged => Copy(source, target, source.View, target.View);

    /// <summary>Begins to copy a buffer of the device to one of the host.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the source lives on another device.</exception>
    public void Begin<T>(DeviceBuffer<T> source, HostBuffer<T> target)
        where T : unmanaged => Copy(target, source, source.View, target.View);

    /// <summary>Waits for the copies, and for nothing else that the device does.</summary>
    public void Wait() => stream.Synchronize();

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <remarks>Always all of it: ILGPU's OpenCL copies take no part of the host's memory.</remarks>
    private void Copy<T>(HostBuffer<T> host, DeviceBuffer<T> buffer, ArrayView<T> source, ArrayView<T> target)
        where T : unmanaged
    {
        buffer.Require(device, buffer.Length, nameof(buffer));
        if (host.Length != buffer.Length)
            throw new ArgumentException($"{host.Length} elements on the host are not the {buffer.Length} of the device.", nameof(host));
        target.CopyFrom(stream, source);
    }
}
