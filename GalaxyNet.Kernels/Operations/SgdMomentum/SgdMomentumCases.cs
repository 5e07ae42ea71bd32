namespace GalaxyNet.Kernels;

/// <summary>Descent with momentum in the catalogue. The parameters are the case's output: they start at zero.</summary>
internal static class SgdMomentumCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one parameter", 1),
        Case("odd number of parameters", 1037),
        Case("attempt 4, all parameters", 8_942_021) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("2^12 parameters", 1 << 12) with { Size = SweepSize.Small },
        Case("2^17 parameters", 1 << 17) with { Size = SweepSize.Medium },
        Case("2^22 parameters", 1 << 22) with { Size = SweepSize.Large },
    ];

    private static OperationCase Case(string description, int parameters) => new()
    {
        Operation = "sgd_momentum",
        Description = description,
        Arguments =
        [
            new Argument("g", [parameters], Values.Uniform, null),
            new Argument("v", [parameters], Values.Uniform, null),
        ],
        OutputShape = [parameters],
        Create = device => new Run(new SgdMomentum(device)),
        ForwardCost = new Cost(4.0 * parameters, 20.0 * parameters),
    };

    private sealed class Run(SgdMomentum sgd) : IOperation
    {
        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) =>
            sgd.Step(output, arguments[0], arguments[1], learningRate: 0.01f);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            throw new NotSupportedException("An optimizer has no gradient.");

        public void Dispose()
        {
        }
    }
}
