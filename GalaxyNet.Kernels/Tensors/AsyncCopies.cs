using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// Copies between the host and the device on a stream of their own: they run while kernels compute.
/// </summary>
/// <remarks>
/// Copies and kernels do not wait for each other: the caller makes sure that no kernel still reads what is overwritten
/// or writes what is read, and launches none that needs the copies before <see cref="Wait"/>. Methods throw an
/// <see cref="ObjectDisposedException"/> once a buffer or this object has been disposed.
/// </remarks>
/// <param name="device">The device to copy to and from.</param>
public sealed class AsyncCopies(Device device) : IDisposable
{
    private readonly AcceleratorStream stream = device.Accelerator.CreateStream();

    /// <summary>Begins to copy a buffer of the host to one of the device.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a buffer belongs to another device.</exception>
    public void Begin<T>(HostBuffer<T> source, DeviceBuffer<T> target)
        where T : unmanaged
    {
        Require(source, nameof(source), target, nameof(target));
        target.View.CopyFrom(stream, source.View);
    }

    /// <summary>Begins to copy a buffer of the device to one of the host.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a buffer belongs to another device.</exception>
    public void Begin<T>(DeviceBuffer<T> source, HostBuffer<T> target)
        where T : unmanaged
    {
        Require(target, nameof(target), source, nameof(source));
        target.View.CopyFrom(stream, source.View);
    }

    /// <summary>Waits for the copies, and for nothing else that the device does.</summary>
    public void Wait()
    {
        ObjectDisposedException.ThrowIf(stream.IsDisposed, this);
        stream.Synchronize();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <remarks>Always all of it: ILGPU's OpenCL copies take no part of the host's memory.</remarks>
    private void Require<T>(HostBuffer<T> host, string hostName, DeviceBuffer<T> buffer, string bufferName)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(stream.IsDisposed, this);
        ArgumentNullException.ThrowIfNull(host, hostName);
        buffer.Require(device, 0, bufferName);
        if (!ReferenceEquals(host.Device, device))
            throw new ArgumentException($"{hostName} belongs to another device.", hostName);
        if (host.Length != buffer.Length)
            throw new ArgumentException(
                $"{host.Length} elements on the host are not the {buffer.Length} of the device.", hostName);
    }
}
