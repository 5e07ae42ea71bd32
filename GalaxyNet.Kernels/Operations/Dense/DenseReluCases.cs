namespace GalaxyNet.Kernels;

/// <summary>
/// The fully connected layer with its ReLU, as attempt 4 runs its first two. To be timed; its backward pass is that of
/// <see cref="Relu"/> and of <see cref="Dense"/>.
/// </summary>
internal static class DenseReluCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Of(DenseCases.Case("attempt 4, fc1", 64, 8192, 1024)),
        Of(DenseCases.Case("attempt 4, fc2", 64, 1024, 256)),
    ];

    private static OperationCase Of(OperationCase operationCase) => operationCase with
    {
        Operation = "dense_relu",
        Create = (device, t) =>
        {
            var dense = new Dense(device, t["w"].Shape[1], t["w"].Shape[0]);
            return new Passes(() => dense.ForwardRelu(t["x"], t["w"], t["b"], t["y"]), null, dense);
        },
        Reference = new DenseReluReference(operationCase.Reference),
        BackwardCost = null,
        IsBenchmark = true,
    };

    private sealed class DenseReluReference(IReference dense) : IReference
    {
        public Array? Forward(Array[] arguments) => ReluReference.Forward(dense.Forward(arguments)!.Flat());

        public Array?[] Backward(Array[] arguments, Array outputGradient) => [null, null, null];
    }
}
