namespace GalaxyNet.Kernels;

/// <summary>
/// The fully connected layer with its ReLU, as attempt 4 runs its first two. To be timed; its backward pass is that of
/// <see cref="Relu"/> and of <see cref="Dense"/>.
/// </summary>
internal static class DenseReluCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Of(DenseCases.Case("attempt 4, fc1", 64, 8192, 1024), 8192, 1024),
        Of(DenseCases.Case("attempt 4, fc2", 64, 1024, 256), 1024, 256),
    ];

    private static OperationCase Of(OperationCase dense, int inFeatures, int outFeatures) => dense with
    {
        Operation = "dense_relu",
        Create = device => new Run(new Dense(device, inFeatures, outFeatures)),
        BackwardCost = null,
        IsBenchmark = true,
    };

    private sealed class Run(Dense dense) : IOperation
    {
        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) =>
            dense.ForwardRelu(arguments[0], arguments[1], arguments[2], output);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            throw new NotSupportedException("Its backward pass is two operations.");

        public void Dispose() => dense.Dispose();
    }
}
