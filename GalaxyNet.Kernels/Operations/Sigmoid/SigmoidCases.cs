namespace GalaxyNet.Kernels;

/// <summary>The logistic function in the catalogue.</summary>
internal static class SigmoidCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one element", [1]),
        Case("odd shape", [5, 37]),
        Case("attempt 4, the output", [64, 37]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("2^12 elements", [1 << 12]) with { Size = SweepSize.Small },
        Case("2^17 elements", [1 << 17]) with { Size = SweepSize.Medium },
        Case("2^22 elements", [1 << 22]) with { Size = SweepSize.Large },
    ];

    private static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "sigmoid",
        Description = description,
        Arguments = [new Argument("x", shape, Values.Between(-4f, 4f), 0.02f)],
        OutputShape = shape,
        Create = device => new Run(new Sigmoid(device)),
        ForwardCost = new Cost(4.0 * shape.Count, 8.0 * shape.Count),
        BackwardCost = new Cost(3.0 * shape.Count, 12.0 * shape.Count),
    };

    private sealed class Run(Sigmoid sigmoid) : IOperation
    {
        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) => sigmoid.Forward(arguments[0], output);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            sigmoid.Backward(output, outputGradient, argumentGradients[0]!);

        public void Dispose()
        {
        }
    }
}
