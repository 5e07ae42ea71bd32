namespace GalaxyNet.Layers;

/// <summary>Looks for numbers that are NaN or infinite.</summary>
internal static class NonFiniteSearch
{
    /// <summary>The first tensor of a block that is not finite; null if all are.</summary>
    /// <param name="block">The block.</param>
    /// <param name="beginning">How the names begin of those to look at.</param>
    public static string? FirstName(ParameterBlock block, string beginning = "") => block.Layout.Slots
        .Where(slot => slot.Name.StartsWith(beginning, StringComparison.Ordinal))
        .FirstOrDefault(slot => !block[slot.Name].IsFinite())?.Name;

    /// <summary>
    /// Where a training pass goes wrong: <c>conv1.weight</c>, or <c>the output of fc1</c>. In the layers before it,
    /// parameters and outputs are finite. ReLU and pooling can hide a number that is not, but never make one.
    /// </summary>
    /// <param name="blocks">Those of the network that hold parameters.</param>
    /// <param name="outputs">The outputs of the layers, in order; each is computed when it is asked for.</param>
    /// <returns>Null if all numbers are finite.</returns>
    public static string? FirstOrigin(
        IReadOnlyList<ParameterBlock> blocks, IEnumerable<(string Layer, Tensor Output)> outputs)
    {
        foreach (var (layer, output) in outputs)
        {
            if (blocks.Select(block => FirstName(block, layer + '.')).OfType<string>().FirstOrDefault() is { } bad)
                return bad;
            if (!output.IsFinite())
                return $"the output of {layer}";
        }
        return null;
    }
}
