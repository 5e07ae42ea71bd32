namespace GalaxyNet.Kernels;

/// <summary>Dropout in the catalogue, with a fixed mask.</summary>
internal static class DropoutCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("nothing dropped", [3, 5], 0f),
        Case("odd shape", [7, 33], 0.5f),
        Case("most dropped", [2, 70], 0.9f),
        Case("attempt 4, after fc1", [64, 1024], 0.15f) with { IsBenchmark = true },
        Case("attempt 4, after fc2", [64, 256], 0.15f) with { IsBenchmark = true },
        Case("attempts 2 and 3, after the first dense layer", [64, 3072], 0.15f) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("2^12 elements", [1 << 12], 0.15f) with { Size = SweepSize.Small },
        Case("2^17 elements", [1 << 17], 0.15f) with { Size = SweepSize.Medium },
        Case("2^22 elements", [1 << 22], 0.15f) with { Size = SweepSize.Large },
    ];

    private static OperationCase Case(string description, Shape shape, float probability) => new()
    {
        Operation = "dropout",
        Description = description,
        Arguments = [new Argument("x", shape, Values.Uniform, 0.5f)], // linear, so a large step costs no accuracy
        OutputShape = shape,
        Create = device => new Run(new Dropout(device, probability)),
        ForwardCost = new Cost(shape.Count, 8.0 * shape.Count),
        BackwardCost = new Cost(shape.Count, 8.0 * shape.Count),
    };

    private sealed class Run(Dropout dropout) : IOperation
    {
        private const ulong Seed = 42;
        private const ulong Step = 7;

        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) =>
            dropout.Forward(arguments[0], output, Seed, Step);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            dropout.Backward(outputGradient, argumentGradients[0]!, Seed, Step);

        public void Dispose()
        {
        }
    }
}
