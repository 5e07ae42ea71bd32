namespace GalaxyNet.Kernels;

/// <summary>Batch normalization in the catalogue.</summary>
internal static class BatchNorm2dCases
{
    // y is linear in w and b, so a large step costs no accuracy there; in x it curves, but for evaluation.
    private const float LinearStep = 0.5f;
    private const float InputStep = 0.02f;

    public static IEnumerable<OperationCase> All =>
    [
        Case("one pixel", [9, 2, 1, 1]),
        Case("one image", [1, 3, 5, 4]),
        Case("odd extents", [5, 3, 7, 3]),
        Case("more channels than threads", [3, 34, 1, 2]),
        Case("more pixels than threads", [2, 1, 13, 17]),
        Case("in evaluation, one pixel", [1, 1, 1, 1], isTraining: false),
        Case("in evaluation, odd extents", [3, 5, 3, 7], isTraining: false),
        Case("attempt 4, after conv2", [64, 96, 32, 32]) with { IsBenchmark = true },
        Case("attempt 4, after conv3", [64, 128, 16, 16]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfImages((description, shape) => Case(description, shape));

    public static OperationCase Of(ICaseValues values) => Case(
        "given",
        values.ShapeOf("x"),
        values.Setting("training") != 0,
        values.Setting("momentum"),
        values.Setting("epsilon"));

    private static OperationCase Case(
        string description,
        Shape shape,
        bool isTraining = true,
        double momentum = 0.25f,
        double epsilon = 1e-5f) => new()
        {
            Operation = "batch_norm2d",
            Description = description,
            Arguments =
            [
                new Argument("x", shape, Values.Uniform, isTraining ? InputStep : LinearStep),
                new Argument("w", [shape[1]], Values.AwayFromZero, isTraining ? LinearStep : null),
                new Argument("b", [shape[1]], Values.Uniform, isTraining ? LinearStep : null),
                new Argument("running_mean", [shape[1]], Values.Uniform, IsUpdated: isTraining),
                new Argument("running_variance", [shape[1]], Values.Between(0.1f, 1f), IsUpdated: isTraining),
            ],
            OutputShape = shape,
            Create = (device, t) =>
            {
                var norm = new BatchNorm2d(device, shape[1], (float)momentum, (float)epsilon);
                return isTraining
                    ? new Passes(
                        () => norm.ForwardTraining(
                            t["x"], t["w"], t["b"], t["running_mean"], t["running_variance"], t["y"]),
                        () => norm.Backward(t["x"], t["dy"], t["w"], t["dx"], t["dw"], t["db"]),
                        norm)
                    : new Passes(
                        () => norm.ForwardEvaluation(
                            t["x"], t["w"], t["b"], t["running_mean"], t["running_variance"], t["y"]),
                        () => norm.BackwardEvaluation(t["dy"], t["w"], t["running_variance"], t["dx"]),
                        norm);
            },
            Reference = new BatchNorm2dReference(momentum, epsilon, isTraining),
            ForwardCost = new Cost(8.0 * shape.Count, 12.0 * shape.Count),
            BackwardCost = isTraining
                ? new Cost(9.0 * shape.Count, 20.0 * shape.Count)
                : new Cost(shape.Count, 8.0 * shape.Count),
        };
}
