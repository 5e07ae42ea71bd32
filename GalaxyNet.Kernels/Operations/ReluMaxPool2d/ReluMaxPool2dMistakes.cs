namespace GalaxyNet.Kernels;

/// <summary>
/// What goes wrong in the backward pass of <see cref="ReluMaxPool2dReference"/>: in one of its parts. Here the pooling
/// comes first, and then the ReLU of its maxima, which gives the same y.
/// </summary>
internal static class ReluMaxPool2dMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        .. MaxPool2dMistakes.All.Select(mistake => mistake.Within(
            "the pooling",
            (reference, arguments, dy) =>
            {
                var (pooling, relu, maxima) = Parts(reference, arguments);
                return mistake.Backward(pooling, arguments, Shaped(relu.Backward([maxima], dy), maxima));
            })),
        .. ReluMistakes.All.Select(mistake => mistake.Within(
            "the ReLU",
            (reference, arguments, dy) =>
            {
                var (pooling, relu, maxima) = Parts(reference, arguments);
                return pooling.Backward(arguments, Shaped(mistake.Backward(relu, [maxima], dy), maxima));
            })),
    ];

    private static (IReference Pooling, IReference Relu, double[,,,] Maxima) Parts(
        IReference reference, Array[] arguments)
    {
        var pooling = new MaxPool2dReference(((ReluMaxPool2dReference)reference).Kernel);
        return (pooling, new ReluReference(), pooling.Forward((double[,,,])arguments[0]));
    }

    /// <summary>The only gradient there is, with the extents of what it is the gradient of.</summary>
    private static Array Shaped(Array?[] gradients, double[,,,] of) =>
        gradients[0]!.Shaped([.. of.Extents()]);
}
