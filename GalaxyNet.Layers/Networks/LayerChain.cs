namespace GalaxyNet.Layers;

/// <summary>Works out the shapes of layers that follow each other.</summary>
internal static class LayerChain
{
    /// <summary>The shape of the input followed by that of each layer's output, for one image.</summary>
    /// <exception cref="ArgumentException">
    /// Two layers have the same name, or a layer cannot take what comes before it.
    /// </exception>
    public static IReadOnlyList<Shape> Shapes(Shape inputShape, IReadOnlyList<Layer> layers)
    {
        var names = new HashSet<string>();
        var shapes = new List<Shape> { inputShape };
        foreach (var layer in layers)
        {
            if (!names.Add(layer.Name))
                throw new ArgumentException($"Two layers have the name {layer.Name}.");
            try
            {
                shapes.Add(layer.OutputShape(shapes[^1]));
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException($"Layer {layer.Name} ({layer.Type}): {error.Message}", error);
            }
        }
        return shapes;
    }
}
