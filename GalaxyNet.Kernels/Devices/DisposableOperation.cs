namespace GalaxyNet.Kernels;

/// <summary>An operation that keeps memory on its device from call to call, until it is disposed.</summary>
public abstract class DisposableOperation : IDisposable
{
    private readonly Device device;
    private bool disposed;

    /// <exception cref="ArgumentNullException">There is no device.</exception>
    private protected DisposableOperation(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
    }

    /// <summary>Where the operation runs. Every call asks for it before it does anything, and so fails after <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The operation has been disposed.</exception>
    private protected Device Device
    {
        get
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return device;
        }
    }

    /// <summary>Frees the operation's memory. It cannot be used any more.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory, once.</summary>
    private protected abstract void Free();
}
