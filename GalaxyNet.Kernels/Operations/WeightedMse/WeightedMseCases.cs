namespace GalaxyNet.Kernels;

/// <summary>The loss in the catalogue.</summary>
internal static class WeightedMseCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one number", [1, 1]),
        Case("odd shape", [7, 37]),
        Case("more rows than threads", [133, 3]),
        Timed("attempt 4, the loss", 64) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Timed("16 rows", 16) with { Size = SweepSize.Small },
        Timed("256 rows", 256) with { Size = SweepSize.Medium },
        Timed("4096 rows", 4096) with { Size = SweepSize.Large },
    ];

    /// <summary>A case as it stands at the end of a network, of rows of 37 columns.</summary>
    private static OperationCase Timed(string description, int rows) => Case(description, [rows, 37]) with
    {
        Create = device => new Run(new WeightedMse(device), isEnd: true),
    };

    private static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "weighted_mse",
        Description = description,
        Arguments =
        [
            new Argument("o", shape, Values.Between(0f, 1f), 0.05f),
            new Argument("t", shape, Values.Between(1f, 2f), null),
            new Argument("w", [shape[1]], Values.Between(0.1f, 1f), null),
        ],
        OutputShape = [1],
        Create = device => new Run(new WeightedMse(device), isEnd: false),
        ForwardCost = new Cost(4.0 * shape.Count, 8.0 * shape.Count),
        BackwardCost = new Cost(3.0 * shape.Count, 12.0 * shape.Count),
    };

    /// <summary>Runs the loss.</summary>
    /// <param name="loss">What to run.</param>
    /// <param name="isEnd">
    /// True for the end of a network, where dL/dL = 1. Where it is checked, the catalogue's L is a multiple of the loss, and the gradient
    /// is multiplied on the host.
    /// </param>
    private sealed class Run(WeightedMse loss, bool isEnd) : IOperation
    {
        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) =>
            loss.Forward(arguments[0], arguments[1], arguments[2], output);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients)
        {
            outputGradient.Require(output.Device, output.Shape, nameof(outputGradient));
            var gradient = argumentGradients[0]!;
            loss.Backward(arguments[0], arguments[1], arguments[2], gradient);
            if (isEnd)
                return;
            float factor = outputGradient.ToArray()[0];
            gradient.CopyFrom(Array.ConvertAll(gradient.ToArray(), value => value * factor));
        }

        public void Dispose()
        {
        }
    }
}
