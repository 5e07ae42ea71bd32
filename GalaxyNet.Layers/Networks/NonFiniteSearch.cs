namespace GalaxyNet.Layers;

/// <summary>Looks for numbers that are NaN or infinite.</summary>
internal static class NonFiniteSearch
{
    /// <summary>The first tensor of a block that is not finite; null if all are.</summary>
    public static string? FirstName(ParameterBlock block) =>
        block.Layout.Slots.FirstOrDefault(slot => !block[slot.Name].IsFinite())?.Name;

    /// <summary>
    /// Where a training pass goes wrong: <c>conv1.weight</c>, or <c>the output of fc1</c>. In the layers before it,
    /// parameters and outputs are finite. ReLU and pooling can hide a number that is not, but never make one.
    /// </summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="outputs">The outputs of the layers, in order; each is computed when it is asked for.</param>
    /// <returns>Null if all numbers are finite.</returns>
    public static string? FirstOrigin(
        IReadOnlyList<Parameter> parameters, IEnumerable<(string Layer, Tensor Output)> outputs)
    {
        foreach (var (layer, output) in outputs)
        {
            var own = parameters.Where(parameter => parameter.Name.StartsWith(layer + '.', StringComparison.Ordinal));
            if (own.FirstOrDefault(parameter => !parameter.Value.IsFinite()) is { } bad)
                return bad.Name;
            if (!output.IsFinite())
                return $"the output of {layer}";
        }
        return null;
    }
}
