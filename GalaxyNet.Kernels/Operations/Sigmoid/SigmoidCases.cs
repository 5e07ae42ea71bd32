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

    public static IEnumerable<OperationCase> Sweep => Sweeps.OfElements(Case);

    public static OperationCase Of(ICaseValues values) => Case("given", values.ShapeOf("x"));

    private static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "sigmoid",
        Description = description,
        Arguments = [new Argument("x", shape, Values.Between(-4f, 4f), 0.02f)],
        OutputShape = shape,
        Create = (device, t) =>
        {
            var sigmoid = new Sigmoid(device);
            return new Passes(() => sigmoid.Forward(t["x"], t["y"]), () => sigmoid.Backward(t["y"], t["dy"], t["dx"]));
        },
        Reference = new SigmoidReference(),
        ForwardCost = new Cost(4.0 * shape.Count, 8.0 * shape.Count),
        BackwardCost = new Cost(3.0 * shape.Count, 12.0 * shape.Count),
    };
}
