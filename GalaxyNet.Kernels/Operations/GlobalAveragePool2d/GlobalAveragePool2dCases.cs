namespace GalaxyNet.Kernels;

/// <summary>Global average pooling in the catalogue.</summary>
internal static class GlobalAveragePool2dCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one pixel", [2, 3, 1, 1]),
        Case("odd planes", [3, 5, 3, 7]),
        Case("planes longer than a vector", [2, 3, 5, 13]),
        Case("attempt 5, its last layer but one", [64, 128, 8, 8]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep => Sweeps.OfImages(Case);

    public static OperationCase Of(ICaseValues values) => Case("given", values.ShapeOf("x"));

    private static OperationCase Case(string description, Shape input)
    {
        Shape output = [input[0], input[1]];
        return new OperationCase
        {
            Operation = "global_average_pool2d",
            Description = description,
            Arguments = [new Argument("x", input, Values.Uniform, 0.25f)],
            OutputShape = output,
            Create = (device, t) =>
            {
                var pooling = new GlobalAveragePool2d(device);
                return new Passes(
                    () => pooling.Forward(t["x"], t["y"]), () => pooling.Backward(t["dy"], t["dx"]));
            },
            Reference = new GlobalAveragePool2dReference(),
            ForwardCost = new Cost(input.Count, 4.0 * (input.Count + output.Count)),
            BackwardCost = new Cost(input.Count, 4.0 * (input.Count + output.Count)),
        };
    }
}
