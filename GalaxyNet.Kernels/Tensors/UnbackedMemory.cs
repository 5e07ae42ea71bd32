using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// A buffer that has a length and an address, and no memory: what a device gives that only counts
/// (<see cref="Device.BytesHeldBy"/>). Copies from and to it do nothing.
/// </summary>
internal sealed class UnbackedMemory : MemoryBuffer
{
    private const nint AnyAddress = 1 << 20; // aligned as memory is; nobody reads or writes there

    /// <summary>Stands for so many elements.</summary>
    public UnbackedMemory(Accelerator accelerator, long length, int elementSize)
        : base(accelerator, length, elementSize) => NativePtr = AnyAddress;

    /// <inheritdoc/>
    protected override void MemSet(AcceleratorStream stream, byte value, in ArrayView<byte> targetView)
    {
    }

    /// <inheritdoc/>
    protected override void CopyFrom(
        AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView)
    {
    }

    /// <inheritdoc/>
    protected override void CopyTo(
        AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView)
    {
    }

    /// <inheritdoc/>
    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }
}
