namespace GalaxyNet.Layers;

/// <summary>
/// One number for each parameter of a network, all in one piece of device memory: the parameters, their gradients, an
/// optimizer's moments. All blocks of a network have the same layout, so that one launch over <see cref="Flat"/>
/// updates the whole network.
/// </summary>
public sealed class ParameterBlock : IDisposable
{
    private readonly DeviceBuffer<float> memory;
    private readonly Dictionary<string, Tensor> tensors;

    /// <summary>Allocates a block of zeros.</summary>
    internal ParameterBlock(Device device, ParameterLayout layout)
    {
        Layout = layout;
        // A network without parameters has a block too, and no device can allocate 0 bytes.
        memory = device.AllocateBuffer<float>(Math.Max(layout.Length, 1));
        Flat = Tensor.View(memory, 0, [memory.Length]);
        tensors = layout.Slots.ToDictionary(slot => slot.Name, slot => Tensor.View(memory, slot.Offset, slot.Shape));
    }

    /// <summary>The whole block, padding included, as one row.</summary>
    public Tensor Flat { get; }

    /// <summary>One tensor by its name, such as <c>conv1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">The layout has no such tensor.</exception>
    public Tensor this[string name] => tensors[name];

    /// <summary>Some of the block's numbers, as one row.</summary>
    internal Tensor Part(int start, int length) => Tensor.View(memory, start, [length]);

    /// <summary>Where each tensor lies.</summary>
    internal ParameterLayout Layout { get; }

    /// <summary>The block's tensors under their names with <paramref name="prefix"/> before them, for a file.</summary>
    public IEnumerable<StateEntry> State(string prefix = "") =>
        Layout.Slots.Select(slot => new TensorState(prefix + slot.Name, tensors[slot.Name]));

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();
}
