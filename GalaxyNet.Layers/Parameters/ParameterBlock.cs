using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>
/// One number for each parameter of a network, all in one piece of device memory: the parameters, their gradients,
/// an optimizer's moments. Blocks of one layout line up, so that one launch over <see cref="Flat"/> updates a whole network.
/// </summary>
public sealed class ParameterBlock : IDisposable
{
    private readonly DeviceBuffer<float> memory;
    private readonly Dictionary<string, Tensor> tensors;

    /// <summary>Allocates a block of zeros. The padding between its tensors stays zero as long as nobody writes to it.</summary>
    public ParameterBlock(Device device, ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        // A network without parameters has a block too, and no device allocates nothing.
        memory = device.AllocateBuffer<float>(Math.Max(layout.Length, 1));
        Flat = Tensor.View(memory, 0, [memory.Length]);
        tensors = layout.Places.ToDictionary(
            place => place.Name, place => Tensor.View(memory, place.Offset, place.Shape));
    }

    /// <summary>Where each tensor lies.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>The whole block, padding included, as one row.</summary>
    public Tensor Flat { get; }

    /// <summary>One tensor by its name, such as <c>conv1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">The layout has no such tensor.</exception>
    public Tensor this[string name] => tensors[name];

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    /// <summary>The block's tensors under their names with <paramref name="prefix"/> before them, for a file.</summary>
    internal IEnumerable<StateEntry> State(string prefix = "") =>
        Layout.Places.Select(place => new TensorState(prefix + place.Name, tensors[place.Name]));
}
