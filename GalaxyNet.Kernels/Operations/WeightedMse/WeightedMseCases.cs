namespace GalaxyNet.Kernels;

/// <summary>The loss in the catalogue. It is not timed: at attempt 4's 64x37 outputs it is nothing but a launch.</summary>
internal static class WeightedMseCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one number", [1, 1]),
        Case("odd shape", [7, 37]),
        Case("more rows than threads", [133, 3]),
    ];

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
        Create = device => new Run(new WeightedMse(device)),
        ForwardCost = new Cost(4.0 * shape.Count, 8.0 * shape.Count),
        BackwardCost = new Cost(3.0 * shape.Count, 12.0 * shape.Count),
    };

    private sealed class Run(WeightedMse loss) : IOperation
    {
        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) =>
            loss.Forward(arguments[0], arguments[1], arguments[2], output);

        // A loss is the end of the network, where dL/dL = 1. The catalogue's L is a multiple of it.
        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients)
        {
            outputGradient.Require(output.Device, output.Shape, nameof(outputGradient));
            var gradient = argumentGradients[0]!;
            loss.Backward(arguments[0], arguments[1], arguments[2], gradient);
            float factor = outputGradient.ToArray()[0];
            gradient.CopyFrom(Array.ConvertAll(gradient.ToArray(), value => value * factor));
        }

        public void Dispose()
        {
        }
    }
}
