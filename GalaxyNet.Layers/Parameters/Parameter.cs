namespace GalaxyNet.Layers;

/// <summary>A trained tensor of a network.</summary>
public sealed class Parameter
{
    private readonly Tensor? gradient;

    internal Parameter(string name, Tensor value, Tensor? gradient)
    {
        Name = name;
        Value = value;
        this.gradient = gradient;
    }

    /// <summary>Its name in PyTorch's <c>state_dict</c>, such as <c>conv1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>Its numbers: a view of the network's memory.</summary>
    public Tensor Value { get; }

    /// <summary>
    /// The gradient of the loss with respect to them, which every backward pass overwrites.
    /// </summary>
    /// <exception cref="InvalidOperationException">The network is not trainable.</exception>
    public Tensor Gradient => gradient ?? throw NotTrainableError();

    /// <summary>Says that a network has no gradients.</summary>
    internal static InvalidOperationException NotTrainableError() => new(
        "This network only predicts, so it has no gradients: build it without trainable: false to train it.");
}
