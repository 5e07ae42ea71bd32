using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// Float32 numbers in device memory, in row-major order; images are <c>[batch, channels, height, width]</c>.
/// </summary>
/// <remarks>
/// A tensor made by <see cref="Device.Allocate(Shape)"/> owns its memory and frees it when disposed. One made by
/// <see cref="Reshape"/>, <see cref="FirstRows"/> or <see cref="View"/> shares memory that another owns. Members throw
/// an <see cref="ObjectDisposedException"/> once the tensor, the owner of its memory or its device has been disposed.
/// </remarks>
public sealed class Tensor : IDisposable
{
    private readonly DeviceBuffer<float> buffer;
    private readonly int offset;
    private readonly bool ownsBuffer;
    private bool disposed;

    internal Tensor(Device device, Shape shape)
        : this(device.AllocateBuffer<float>(shape.Count), 0, shape, ownsBuffer: true)
    {
    }

    private Tensor(DeviceBuffer<float> buffer, int offset, Shape shape, bool ownsBuffer)
    {
        this.buffer = buffer;
        this.offset = offset;
        this.ownsBuffer = ownsBuffer;
        Shape = shape;
    }

    /// <summary>The device that holds the numbers.</summary>
    public Device Device => buffer.Device;

    /// <summary>The extents, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Count => Shape.Count;

    /// <summary>The numbers, as kernels take them.</summary>
    public ArrayView<float> Data => Part(Living.View);

    /// <summary>Where the first number is, in the device's memory.</summary>
    internal nint Address => ToRead().LoadEffectiveAddressAsPtr();

    internal bool IsDisposed => disposed || buffer.IsDisposed;

    /// <summary>
    /// What the numbers are known by: as long as it stays the same they do. Null where a raw view of the memory has
    /// been handed out, by <see cref="Data"/> or <see cref="DeviceBuffer{T}.View"/>, and anybody may write at any time.
    /// </summary>
    internal TensorStamp? Stamp => buffer.Writes is { } writes ? new TensorStamp(buffer, offset, writes) : null;

    /// <summary>Copies elements from the host, from the one at <paramref name="start"/> on.</summary>
    internal void CopyFrom(int start, ReadOnlySpan<float> values) =>
        ToWrite().SubView(start, values.Length).CopyFromHost(values);

    /// <summary>Copies elements to the host, likewise.</summary>
    internal void CopyTo(int start, Span<float> target) =>
        ToRead().SubView(start, target.Length).CopyToHost(target);

    /// <summary>The numbers for a kernel that only reads them.</summary>
    internal ArrayView<float> ToRead() => Part(Living.ToRead());

    /// <summary>The numbers for one kernel or copy that is to write to them now.</summary>
    internal ArrayView<float> ToWrite() => Part(Living.ToWrite());

    /// <summary>A tensor over part of a buffer, which must outlive it.</summary>
    /// <exception cref="ArgumentException">The part reaches past the end of the buffer.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    public static Tensor View(DeviceBuffer<float> buffer, int offset, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if ((long)offset + shape.Count > buffer.Length)
            throw new ArgumentException($"A {shape} tensor at {offset} does not fit into a buffer of {buffer.Length}.");
        return new Tensor(buffer, offset, shape, ownsBuffer: false);
    }

    /// <summary>The same numbers under another shape.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public Tensor Reshape(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (shape.Count != Count)
            throw new ArgumentException($"A {Shape} tensor cannot be seen as {shape}.");
        return new Tensor(buffer, offset, shape, ownsBuffer: false);
    }

    /// <summary>The first <paramref name="rows"/> along the first axis: a smaller batch in the same memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There are fewer, or <paramref name="rows"/> is under 1.
    /// </exception>
    public Tensor FirstRows(int rows)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Shape[0]);
        return rows == Shape[0] ? this : new Tensor(buffer, offset, Shape.WithFirst(rows), ownsBuffer: false);
    }

    /// <summary>One row along the first axis, in the same memory.</summary>
    internal Tensor Row(int row)
    {
        int length = Count / Shape[0];
        return new Tensor(buffer, offset + (row * length), [length], ownsBuffer: false);
    }

    /// <summary>Copies all elements from the host.</summary>
    /// <exception cref="ArgumentException">The number of values is not <see cref="Count"/>.</exception>
    public void CopyFrom(ReadOnlySpan<float> values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"{values.Length} values for a {Shape} tensor of {Count} elements.");
        ToWrite().CopyFromHost(values);
    }

    /// <summary>Copies all elements to the host, once all work before it is done.</summary>
    /// <exception cref="ArgumentException"><paramref name="target"/> has not <see cref="Count"/> elements.</exception>
    public void CopyTo(Span<float> target)
    {
        if (target.Length != Count)
            throw new ArgumentException($"A {Shape} tensor of {Count} elements for a span of {target.Length}.");
        ToRead().CopyToHost(target);
    }

    /// <summary>Copies all elements to a tensor of the same device, in the order of its launches.</summary>
    internal void CopyTo(Tensor target)
    {
        target.Require(Device, Shape, nameof(target));
        target.ToWrite().CopyFrom(Device.Stream, ToRead());
    }

    /// <summary>Sets all elements to zero, in the order of the device's launches.</summary>
    internal void Clear() => ToWrite().MemSetToZero(Device.Stream);

    /// <summary>Copies all elements to a new array.</summary>
    public float[] ToArray()
    {
        var values = new float[Count];
        CopyTo(values);
        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        if (ownsBuffer)
            buffer.Dispose();
    }

    private DeviceBuffer<float> Living
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return buffer;
        }
    }

    private ArrayView<float> Part(ArrayView<float> whole) => whole.SubView(offset, Count);
}
