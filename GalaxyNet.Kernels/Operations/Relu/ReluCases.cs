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

    public static IEnumerable<OperationCase> Sweep => Sweeps.OfElements(Case);

    public static OperationCase Of(ICaseValues values) => Case("given", values.ShapeOf("x"));

    private static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "relu",
        Description = description,
        Arguments = [new Argument("x", shape, Values.AwayFromZero, 0.05f)],
        OutputShape = shape,
        Create = (device, t) =>
        {
            var relu = new Relu(device);
            return new Passes(() => relu.Forward(t["x"], t["y"]), () => relu.Backward(t["y"], t["dy"], t["dx"]));
        },
        Reference = new ReluReference(),
        ForwardCost = new Cost(shape.Count, 8.0 * shape.Count),
        BackwardCost = new Cost(shape.Count, 12.0 * shape.Count),
    };
}
