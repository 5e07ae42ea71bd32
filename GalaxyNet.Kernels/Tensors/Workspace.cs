namespace GalaxyNet.Kernels;

/// <summary>
/// Device memory that an operation keeps between calls, and that grows with the batch; fresh memory is zero.
/// </summary>
internal sealed class Workspace<T>(Device device) : IDisposable
    where T : unmanaged
{
    private DeviceBuffer<T>? buffer;
    private bool disposed;

    /// <summary>The memory, of at least this many elements.</summary>
    /// <exception cref="DeviceMemoryException">It is over 2^31 - 1 elements, or more than is left.</exception>
    /// <exception cref="ObjectDisposedException">The workspace has been disposed.</exception>
    public ArrayView<T> AtLeast(long length) => BufferOfAtLeast(length).View;

    /// <summary>The same memory as a buffer, for tensors to lie in.</summary>
    /// <exception cref="DeviceMemoryException">It is over 2^31 - 1 elements, or more than is left.</exception>
    /// <exception cref="ObjectDisposedException">The workspace has been disposed.</exception>
    public DeviceBuffer<T> BufferOfAtLeast(long length)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (length > int.MaxValue)
            throw new DeviceMemoryException(
                $"An operation needs a workspace of {length} elements where a buffer has at most {int.MaxValue}: "
                + "make the batch smaller");
        if (buffer is null || buffer.Length < length)
        {
            buffer?.Dispose();
            buffer = null; // in case that there is no memory for the next
            buffer = device.AllocateBuffer<T>((int)length);
        }
        return buffer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        buffer?.Dispose();
    }
}
