namespace GalaxyNet.Kernels;

/// <summary>
/// What goes wrong in the backward pass of <see cref="Conv2dReluMaxPool2dReference"/>: in one of its parts.
/// </summary>
internal static class Conv2dReluMaxPool2dMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        .. Conv2dMistakes.All.Select(mistake => mistake.Within(
            "the convolution",
            (reference, arguments, dy) =>
            {
                var (convolution, pooling, z) = Parts(reference, arguments);
                return mistake.Backward(convolution, arguments, pooling.Backward([z], dy)[0]!);
            })),
        .. ReluMaxPool2dMistakes.All.Select(mistake => mistake with
        {
            Backward = (reference, arguments, dy) =>
            {
                var (convolution, pooling, z) = Parts(reference, arguments);
                return convolution.Backward(arguments, mistake.Backward(pooling, [z], dy)[0]!);
            },
        }),
    ];

    private static (IReference Convolution, IReference Pooling, Array Z) Parts(
        IReference reference, Array[] arguments)
    {
        var both = (Conv2dReluMaxPool2dReference)reference;
        IReference convolution = new Conv2dReference(both.Geometry);
        return (convolution, new ReluMaxPool2dReference(both.Window), convolution.Forward(arguments)!);
    }
}
