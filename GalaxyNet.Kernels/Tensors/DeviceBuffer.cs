using System.Runtime.CompilerServices;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>A block of device memory, zero at first.</summary>
/// <remarks>
/// Members throw an <see cref="ObjectDisposedException"/> once the buffer or its device has been disposed.
/// </remarks>
/// <typeparam name="T">The element type.</typeparam>
public sealed class DeviceBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly MemoryBuffer memory;
    private readonly ArrayView<T> elements;
    private readonly DeviceMemory.Claim claim;
    private long? writes = 0;

    internal DeviceBuffer(Device device, int length)
    {
        Device = device;
        Length = length;
        bool isProcessor = device.Kind == DeviceKind.Cpu;
        long withMargin = (long)length + (isProcessor ? CacheLine.Size / Unsafe.SizeOf<T>() : 0);
        using var construction = Construction.Begin();
        claim = Construction.Add(device.Memory.Take(withMargin * Unsafe.SizeOf<T>()));
        if (device.OnlyCounts)
        {
            memory = Construction.Add(new UnbackedMemory(device.Accelerator, length, Unsafe.SizeOf<T>()));
            elements = memory.AsArrayView<T>(0, length);
        }
        else
        {
            var allocated = Construction.Add(device.Accelerator.Allocate1D<T>(withMargin));
            memory = allocated;
            int start = isProcessor ? CacheLine.ElementsToNext<T>(allocated.NativePtr) : 0;
            elements = allocated.View.AsContiguous().SubView(start, length);
            Clear(allocated, isProcessor);
        }
        construction.Complete();
    }

    /// <summary>The device that owns the memory.</summary>
    public Device Device { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The memory, as kernels take it.</summary>
    public ArrayView<T> View
    {
        get
        {
            writes = null; // whoever has it may write at any time
            return ToRead();
        }
    }

    /// <summary>Copies to the start of the buffer.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> is longer than the buffer.</exception>
    public void CopyFrom(ReadOnlySpan<T> source) => ToWrite().CopyFromHost(source);

    /// <summary>Copies the start of the buffer to the host, once all work before it is done.</summary>
    /// <exception cref="ArgumentException"><paramref name="target"/> is longer than the buffer.</exception>
    public void CopyTo(Span<T> target) => ToRead().CopyToHost(target);

    /// <summary>How often it has been written to; null once <see cref="View"/> has been handed out.</summary>
    internal long? Writes => writes;

    /// <summary>True until <see cref="View"/> is first taken: nothing can have written to the memory.</summary>
    internal bool IsUntouched { get; private set; } = true;

    /// <summary>True if the memory is gone.</summary>
    internal bool IsDisposed => memory.IsDisposed;

    /// <summary>The memory for a kernel that only reads it.</summary>
    internal ArrayView<T> ToRead()
    {
        ObjectDisposedException.ThrowIf(memory.IsDisposed, this);
        IsUntouched = false;
        return elements;
    }

    /// <summary>The memory for one kernel or copy that is to write to it now.</summary>
    internal ArrayView<T> ToWrite()
    {
        writes++;
        return ToRead();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        claim.Dispose();
    }

    private void Clear(MemoryBuffer1D<T, Stride1D.Dense> allocated, bool isProcessor)
    {
        if (isProcessor)
            HugePages.Request(allocated.NativePtr, allocated.LengthInBytes);
        allocated.MemSetToZero();
        // A GPU zeroes it in the order of its launches, which copies on a stream of their own do not wait for.
        if (!isProcessor)
            Device.Synchronize();
    }
}
