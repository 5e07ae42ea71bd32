namespace GalaxyNet.Layers;

/// <summary>Draws the first values of a network's tensors.</summary>
internal static class InitialValues
{
    /// <summary>
    /// Allocates a block for the tensors of all layers and fills it. Each tensor has a random stream of its own,
    /// derived from the seed, its layer's index and its index in the layer: changing one layer leaves the others'
    /// values alone.
    /// </summary>
    public static ParameterBlock Draw(
        Device device, IReadOnlyList<IReadOnlyList<ParameterDeclaration>> layers, ulong seed)
    {
        var block = new ParameterBlock(device, new ParameterLayout([.. layers.SelectMany(layer => layer)]));
        for (int layer = 0; layer < layers.Count; layer++)
        {
            ulong layerSeed = SplitMix64.Derive(seed, layer);
            for (int i = 0; i < layers[layer].Count; i++)
                Draw(block[layers[layer][i].Name], layers[layer][i], SplitMix64.Derive(layerSeed, i));
        }
        return block;
    }

    private static void Draw(Tensor tensor, ParameterDeclaration declaration, ulong seed)
    {
        var stream = new SplitMix64(seed);
        float low = declaration.Center - declaration.Bound, high = declaration.Center + declaration.Bound;
        tensor.Fill(values =>
        {
            foreach (ref float value in values)
                value = stream.NextBetween(low, high);
        });
    }
}
