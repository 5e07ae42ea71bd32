using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>Looks for numbers that are infinite or none at all.</summary>
internal static class NonFiniteSearch
{
    private const uint Exponent = 0x7f800000; // all its bits are set in these numbers, and in these alone

    /// <summary>The first tensor of a block that is not sound; nothing where all are.</summary>
    public static string? FirstName(ParameterBlock block) =>
        block.Layout.Places.FirstOrDefault(place => !IsFinite(block[place.Name]))?.Name;

    /// <summary>
    /// Where a training pass goes wrong: <c>conv1.weight</c>, or <c>the output of fc1</c>. Layers before the one that is named
    /// are sound in both. ReLU and pooling can hide what a layer before them makes, and never make such a number themselves.
    /// </summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="outputs">The outputs of the layers, in order; they are asked for one by one.</param>
    /// <returns>The place, or nothing where all is sound.</returns>
    public static string? FirstPlace(
        IReadOnlyList<Parameter> parameters, IEnumerable<(string Layer, Tensor Output)> outputs)
    {
        foreach (var (layer, output) in outputs)
        {
            var own = parameters.Where(parameter => parameter.Name.StartsWith(layer + '.', StringComparison.Ordinal));
            if (own.FirstOrDefault(parameter => !IsFinite(parameter.Value)) is { } bad)
                return bad.Name;
            if (!IsFinite(output))
                return $"the output of {layer}";
        }
        return null;
    }

    private static bool IsFinite(Tensor tensor)
    {
        foreach (float number in tensor.ToArray())
        {
            if ((BitConverter.SingleToUInt32Bits(number) & Exponent) == Exponent)
                return false;
        }
        return true;
    }
}
