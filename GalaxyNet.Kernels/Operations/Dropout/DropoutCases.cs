namespace GalaxyNet.Kernels;

/// <summary>Dropout in the catalogue, with a fixed mask.</summary>
internal static class DropoutCases
{
    private const ulong FixedSeed = 42;
    private const ulong FixedStep = 7;

    public static IEnumerable<OperationCase> All =>
    [
        Case("nothing dropped", [3, 5], 0f),
        Case("odd shape", [7, 33], 0.5f),
        Case("most dropped", [2, 70], 0.9f),
        CaseWithRelu("with a ReLU, nothing dropped", [3, 5], 0f),
        CaseWithRelu("with a ReLU, odd shape", [7, 33], 0.5f),
        Case("attempt 4, after fc1", [64, 1024]) with { IsBenchmark = true },
        Case("attempt 4, after fc2", [64, 256]) with { IsBenchmark = true },
        Case("attempts 2 and 3, after the first dense layer", [64, 3072]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfElements((description, shape) => Case(description, shape));

    public static OperationCase Of(ICaseValues values) => Case(
        "given",
        values.ShapeOf("x"),
        values.Setting("probability"),
        (ulong)values.Setting("seed"),
        (ulong)values.Setting("step"));

    private static OperationCase Case(
        string description,
        Shape shape,
        double probability = 0.15f,
        ulong seed = FixedSeed,
        ulong step = FixedStep) => new()
        {
            Operation = "dropout",
            Description = description,
            Arguments = [new Argument("x", shape, Values.Uniform, 0.5f)], // linear, so a large step costs no accuracy
            OutputShape = shape,
            Create = (device, t) =>
            {
                var dropout = new Dropout(device, (float)probability);
                var stepOnDevice = StepOn(device, step);
                return new Passes(
                    () => dropout.Forward(t["x"], t["y"], seed, stepOnDevice),
                    () => dropout.Backward(t["dy"], t["dx"], seed, stepOnDevice),
                    stepOnDevice);
            },
            Reference = new DropoutReference(probability, seed, step),
            ForwardCost = new Cost(shape.Count, 8.0 * shape.Count),
            BackwardCost = new Cost(shape.Count, 8.0 * shape.Count),
        };

    /// <summary>A ReLU and then dropout, both of which go back at once.</summary>
    private static OperationCase CaseWithRelu(string description, Shape shape, double probability) =>
        Case(description, shape, probability) with
        {
            Arguments = [new Argument("x", shape, Values.AwayFromZero, 0.05f)],
            Create = (device, t) =>
            {
                var relu = new Relu(device);
                var dropout = new Dropout(device, (float)probability);
                var stepOnDevice = StepOn(device, FixedStep);
                return new Passes(
                    () =>
                    {
                        relu.Forward(t["x"], t["y"]);
                        dropout.Forward(t["y"], t["y"], FixedSeed, stepOnDevice);
                    },
                    () => dropout.BackwardRelu(t["y"], t["dy"], t["dx"]),
                    stepOnDevice);
            },
            Reference = new DropoutReluReference(new DropoutReference(probability, FixedSeed, FixedStep)),
        };

    private static DropoutStep StepOn(Device device, ulong step)
    {
        var stepOnDevice = new DropoutStep(device);
        stepOnDevice.Set(step);
        return stepOnDevice;
    }
}
