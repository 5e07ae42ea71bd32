using System.Runtime.CompilerServices;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// A block of the host's memory that stays where it is (page-locked), so that <see cref="AsyncCopies"/> can read and
/// write it.
/// </summary>
/// <remarks>
/// Members throw an <see cref="ObjectDisposedException"/> once the buffer or its device has been disposed.
/// </remarks>
/// <typeparam name="T">The element type.</typeparam>
public sealed class HostBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly PageLockedArray1D<T>? memory; // none on a device that only counts
    private readonly DeviceMemory.Claim? claim;

    internal HostBuffer(Device device, int length)
    {
        Device = device;
        Length = length;
        using var construction = Construction.Begin();
        if (device.Kind == DeviceKind.Cpu) // whose memory is the host's
            claim = Construction.Add(device.Memory.Take((long)length * Unsafe.SizeOf<T>()));
        if (!device.OnlyCounts)
            memory = Construction.Add(device.Accelerator.AllocatePageLocked1D<T>(Math.Max(length, 1)));
        construction.Complete();
    }

    /// <summary>The device that can fetch it.</summary>
    public Device Device { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements. While a copy runs they must be left alone.</summary>
    public Span<T> Span => Memory.Span[..Length];

    /// <summary>Where the first element is.</summary>
    internal nint Address => View.LoadEffectiveAddressAsPtr();

    internal ArrayView<T> View => Device.OnlyCounts
        ? new UnbackedMemory(Device.Accelerator, Length, Unsafe.SizeOf<T>()).AsArrayView<T>(0, Length)
        : Memory.ArrayView.SubView(0, Length);

    private PageLockedArray1D<T> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(memory!.IsDisposed || Device.IsDisposed, this);
            return memory;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory?.Dispose();
        claim?.Dispose();
    }
}
