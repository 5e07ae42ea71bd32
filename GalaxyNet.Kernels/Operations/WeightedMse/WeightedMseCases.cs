namespace GalaxyNet.Kernels;

/// <summary>The loss in the catalogue.</summary>
internal static class WeightedMseCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one number", [1, 1]),
        Case("odd shape", [7, 37]),
        Case("more rows than threads", [133, 3]),
        WithSomeUnknown(Case("some targets unknown", [7, 37])),
        CaseInOneLaunch("in one launch, odd shape", [7, 37]),
        CaseInOneLaunch("in one launch, more rows than threads", [133, 3]),
        WithSomeUnknown(CaseInOneLaunch("in one launch, some targets unknown", [133, 3])),
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
            new Argument("t", shape, Targets),
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

    private static OperationCase WithSomeUnknown(OperationCase known) => known with
    {
        Arguments = [.. known.Arguments.Select(each => each.Name == "t" ? each with { Values = SomeUnknown } : each)],
    };

    private static float[] Targets(Shape shape, int seed) => Values.Between(1f, 2f)(shape, seed);

    /// <summary>All of the first row is known, nothing of the second, and two thirds of the others.</summary>
    private static float[] SomeUnknown(Shape shape, int seed)
    {
        float[] targets = Targets(shape, seed);
        for (int i = shape[1]; i < targets.Length; i++)
            targets[i] = i < 2 * shape[1] || targets[i] > 5f / 3f ? float.NaN : targets[i];
        return targets;
    }
}
