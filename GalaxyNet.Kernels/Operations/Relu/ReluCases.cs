namespace GalaxyNet.Kernels;

/// <summary>The ReLU in the catalogue.</summary>
internal static class ReluCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one element", [1]),
        Case("odd shape", [3, 5, 7, 9]),
        Case("attempt 4, after conv1", [64, 64, 64, 64]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("2^12 elements", [1 << 12]) with { Size = SweepSize.Small },
        Case("2^17 elements", [1 << 17]) with { Size = SweepSize.Medium },
        Case("2^22 elements", [1 << 22]) with { Size = SweepSize.Large },
    ];

    public static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "relu",
        Description = description,
        Arguments = [new Argument("x", shape, Values.AwayFromZero, 0.05f)],
        OutputShape = shape,
        Create = device => new Run(device),
        ForwardCost = new Cost(shape.Count, 8.0 * shape.Count),
        BackwardCost = new Cost(shape.Count, 12.0 * shape.Count),
    };

    private sealed class Run(Device device) : IOperation
    {
        private readonly Relu relu = new(device);

        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) => relu.Forward(arguments[0], output);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            relu.Backward(output, outputGradient, argumentGradients[0]!);

        public void Dispose()
        {
        }
    }
}
