namespace GalaxyNet.Layers;

/// <summary>
/// A tensor that a layer asks its network for: a parameter or a running statistic.
/// Its first values are uniform in [<paramref name="Center"/> - <paramref name="Bound"/>, <paramref name="Center"/> +
/// <paramref name="Bound"/>).
/// </summary>
/// <param name="Name">Its name in PyTorch's <c>state_dict</c>, such as <c>conv1.weight</c>.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Center">The mean of its first values.</param>
/// <param name="Bound">How far they lie from it at most; 0 makes them all equal.</param>
internal sealed record ParameterDeclaration(string Name, Shape Shape, float Center, float Bound)
{
    /// <summary>
    /// Weight and bias of a layer whose outputs each sum <paramref name="fanIn"/> products. They start as in PyTorch's
    /// Conv2d and Linear: uniform in +-1/sqrt(fanIn). (<c>kaiming_uniform_(a = sqrt(5))</c> has the same bound.)
    /// </summary>
    public static IReadOnlyList<ParameterDeclaration> WeightAndBias(string layer, Shape weightShape, int fanIn)
    {
        float bound = 1f / MathF.Sqrt(fanIn);
        return
        [
            new ParameterDeclaration($"{layer}.weight", weightShape, 0f, bound),
            new ParameterDeclaration($"{layer}.bias", [weightShape[0]], 0f, bound),
        ];
    }
}
