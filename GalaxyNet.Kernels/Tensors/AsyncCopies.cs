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
        target.Require(device, 0, nameof(target));
        Require(source, target.Length, nameof(source));
        target.View.CopyFrom(stream, source.View);
    }

    /// <summary>Begins to copy a buffer of the device to one of the host.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a buffer belongs to another device.</exception>
    public void Begin<T>(DeviceBuffer<T> source, HostBuffer<T> target)
        where T : unmanaged
    {
        source.Require(device, 0, nameof(source));
        Require(target, source.Length, nameof(target));
        target.View.CopyFrom(stream, source.View);
    }

    /// <summary>Begins to copy a buffer of the host to a tensor, which may be a part of a device's buffer.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or one of them belongs to another device.</exception>
    internal void Begin(HostBuffer<float> source, Tensor target)
    {
        target.Require(device, nameof(target));
        Require(source, target.Count, nameof(source));
        target.ToWrite().CopyFrom(stream, source.View);
    }

    /// <summary>Begins to copy a tensor to a buffer of the host.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or one of them belongs to another device.</exception>
    internal void Begin(Tensor source, HostBuffer<float> target)
    {
        source.Require(device, nameof(source));
        Require(target, source.Count, nameof(target));
        target.View.CopyFrom(stream, source.ToRead());
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
    private void Require<T>(HostBuffer<T> host, int length, string argument)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(stream.IsDisposed, this);
        ArgumentNullException.ThrowIfNull(host, argument);
        if (!ReferenceEquals(host.Device, device))
            throw new ArgumentException($"{argument} belongs to another device.", argument);
        if (host.Length != length)
            throw new ArgumentException(
                $"{host.Length} elements on the host are not the {length} of the device.", argument);
    }
}
