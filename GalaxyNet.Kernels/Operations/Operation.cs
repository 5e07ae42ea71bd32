using System.Diagnostics.CodeAnalysis;

namespace GalaxyNet.Kernels;

/// <summary>An operation of a network, on one device.</summary>
/// <remarks>
/// Every method checks all its arguments before it launches anything, so the kernels may rely on them. It throws
/// <list type="bullet">
/// <item>an <see cref="ArgumentNullException"/> where an argument is null,</item>
/// <item>an <see cref="ArgumentException"/> where a tensor has not the shape that the method names, a buffer is shorter
/// than that, or an argument lives on another device than the operation,</item>
/// <item>an <see cref="ObjectDisposedException"/> where an argument, the operation or its device has been
/// disposed.</item>
/// </list>
/// The documentation of a method adds what is particular to it.
/// </remarks>
public abstract class Operation
{
    private protected Operation([NotNull] Device? device)
    {
        ArgumentNullException.ThrowIfNull(device);
        ObjectDisposedException.ThrowIf(device.IsDisposed, device);
        Device = device;
    }

    /// <summary>Where the operation runs. Every call asks for it before it does anything.</summary>
    private protected virtual Device Device { get; }
}

/// <summary>An <see cref="Operation"/> that keeps memory on its device until it is disposed.</summary>
public abstract class DisposableOperation : Operation, IDisposable
{
    private bool disposed;

    private protected DisposableOperation([NotNull] Device? device)
        : base(device)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The operation has been disposed.</exception>
    private protected override Device Device
    {
        get
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return base.Device;
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
