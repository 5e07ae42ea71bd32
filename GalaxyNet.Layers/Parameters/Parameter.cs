namespace GalaxyNet.Layers;

/// <summary>A trained tensor of a network.</summary>
/// <param name="Name">Its name in PyTorch's <c>state_dict</c>, such as <c>conv1.weight</c>.</param>
/// <param name="Value">Its numbers: a view of the network's memory.</param>
/// <param name="Gradient">The gradient of the loss with respect to them, which every backward pass overwrites.</param>
public sealed record Parameter(string Name, Tensor Value, Tensor Gradient);
