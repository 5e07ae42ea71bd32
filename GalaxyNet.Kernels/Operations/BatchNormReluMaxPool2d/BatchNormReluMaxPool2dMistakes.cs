namespace GalaxyNet.Kernels;

/// <summary>
/// What goes wrong in the backward pass of <see cref="BatchNormReluMaxPool2dReference"/>: in one of its parts.
/// </summary>
internal static class BatchNormReluMaxPool2dMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        .. BatchNorm2dMistakes.All.Select(mistake => mistake.Within(
            "the batch normalization",
            (reference, arguments, dy) =>
            {
                var (norm, pooling, z) = Parts(reference, arguments);
                return mistake.Backward(norm, arguments, pooling.Backward([z], dy)[0]!);
            })),
        .. ReluMaxPool2dMistakes.All.Select(mistake => mistake with
        {
            Backward = (reference, arguments, dy) =>
            {
                var (norm, pooling, z) = Parts(reference, arguments);
                return norm.Backward(arguments, mistake.Backward(pooling, [z], dy)[0]!);
            },
        }),
    ];

    private static (IReference Norm, IReference Pooling, Array Z) Parts(IReference reference, Array[] arguments)
    {
        var both = (BatchNormReluMaxPool2dReference)reference;
        // Without a momentum the running mean and variance stay as they are.
        IReference norm = new BatchNorm2dReference(momentum: 0, both.Epsilon, both.IsTraining);
        return (norm, new ReluMaxPool2dReference(both.Kernel), norm.Forward(arguments)!);
    }
}
