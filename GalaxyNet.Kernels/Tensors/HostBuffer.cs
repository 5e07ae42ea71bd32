using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// A block of the host's memory that stays where it is (page-locked), so that a device can fetch it by itself: see <see cref="AsyncCopies"/>.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class HostBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly PageLockedArray1D<T> memory;
    private readonly DeviceMemory.Claim? claim;

    internal HostBuffer(Device device, int length)
    {
        Length = length;
        using var construction = Construction.Begin();
        if (device.Kind == DeviceKind.Cpu) // whose memory is the host's
            claim = Construction.Add(device.Memory.Take((long)length * Unsafe.SizeOf<T>()));
        memory = Construction.Add(device.Accelerator.AllocatePageLocked1D<T>(Math.Max(length, 1)));
        construction.Complete();
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements. While a copy runs they must be left alone.</summary>
    public Span<T> Span => memory.Span[..Length];

    internal ArrayView<T> View => memory.ArrayView.SubView(0, Length);

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        claim?.Dispose();
    }
}
