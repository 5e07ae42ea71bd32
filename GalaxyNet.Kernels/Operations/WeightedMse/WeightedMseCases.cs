namespace GalaxyNet.Kernels;

/// <summary>The loss in the catalogue.</summary>
internal static class WeightedMseCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one number", [1, 1]),
        Case("odd shape", [7, 37]),
        Case("more rows than threads", [133, 3]),
        CaseInOneLaunch("in one launch, odd shape", [7, 37]),
        CaseInOneLaunch("in one launch, more rows than threads", [133, 3]),
        Case("attempt 4, the loss", [64, 37]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfRows((description, rows) => Case(description, [rows, 37]));

    public static OperationCase Of(ICaseValues values) => Case("given", values.ShapeOf("o"));

    private static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "weighted_mse",
        Description = description,
        Arguments =
        [
            new Argument("o", shape, Values.Between(0f, 1f), 0.05f),
            new Argument("t", shape, Values.Between(1f, 2f)),
            new Argument("w", [shape[1]], Values.Between(0.1f, 1f)),
        ],
        OutputName = "loss",
        OutputShape = [1],
        OutputGradient = Values.Ones,
        Create = (device, t) =>
        {
            var loss = new WeightedMse(device);
            return new Passes(
                () => loss.Forward(t["o"], t["t"], t["w"], t["loss"]),
                () => loss.Backward(t["o"], t["t"], t["w"], t["do"]));
        },
        Reference = new WeightedMseReference(),
        ForwardCost = new Cost(4.0 * shape.Count, 8.0 * shape.Count),
        BackwardCost = new Cost(3.0 * shape.Count, 12.0 * shape.Count),
    };

    /// <summary>As a training step asks for it: either pass does both.</summary>
    private static OperationCase CaseInOneLaunch(string description, Shape shape) => Case(description, shape) with
    {
        Create = (device, t) =>
        {
            var loss = new WeightedMse(device);
            return new Passes(Both, Both);

            void Both() => loss.ForwardAndBackward(t["o"], t["t"], t["w"], t["loss"], t["do"]);
        },
    };
}
