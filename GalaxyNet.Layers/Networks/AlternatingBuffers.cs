namespace GalaxyNet.Layers;

/// <summary>
/// Memory for a chain of tensors, each of which is made from the one before it and read by nobody after the next: two
/// buffers in turns are enough for a chain of any length.
/// </summary>
internal sealed class AlternatingBuffers(Device device) : IDisposable
{
    private const int Count = 2;

    private readonly List<(int Buffer, Shape Shape)> chain = [];
    private readonly int[] lengths = new int[Count];
    private readonly DeviceBuffer<float>?[] buffers = new DeviceBuffer<float>?[Count];
    private int? last;

    /// <summary>Plans the next tensor of the chain.</summary>
    /// <param name="shape">Its extents.</param>
    /// <param name="mayReplaceLast">True if it may be written to the memory of the one before it.</param>
    public void Add(Shape shape, bool mayReplaceLast = false)
    {
        int buffer = mayReplaceLast && last is not null ? last.Value : last == 0 ? 1 : 0;
        lengths[buffer] = Math.Max(lengths[buffer], shape.Count);
        chain.Add((buffer, shape));
        last = buffer;
    }

    /// <summary>Says that the next tensor is made from one that lies elsewhere.</summary>
    public void Leave() => last = null;

    /// <summary>Allocates the buffers.</summary>
    /// <returns>The tensors, in the order in which they were planned.</returns>
    public IReadOnlyList<Tensor> Allocate()
    {
        for (int i = 0; i < Count; i++)
            buffers[i] = lengths[i] > 0 ? device.AllocateBuffer<float>(lengths[i]) : null;
        return [.. chain.Select(tensor => Tensor.View(buffers[tensor.Buffer]!, 0, tensor.Shape))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in buffers)
            buffer?.Dispose();
    }
}
