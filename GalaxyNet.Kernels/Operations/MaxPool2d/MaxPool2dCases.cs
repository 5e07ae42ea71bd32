namespace GalaxyNet.Kernels;

/// <summary>Maximum pooling in the catalogue.</summary>
internal static class MaxPool2dCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one pixel", [1, 1, 1, 1], 1),
        Case("one window", [1, 1, 2, 2], 2),
        Case("leftover row and column", [2, 3, 7, 5], 2),
        Case("3x3 windows, two columns left over", [2, 2, 6, 8], 3),
        Case("16x16 window", [1, 2, 17, 19], 16),
        Case("attempt 4, after conv1", [64, 64, 64, 64], 2) with { IsBenchmark = true },
        Case("attempt 4, after conv2", [64, 96, 32, 32], 2) with { IsBenchmark = true },
        Case("attempt 4, after conv3", [64, 128, 16, 16], 2) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfImages((description, shape) => Case(description, shape, 2));

    public static OperationCase Of(ICaseValues values) =>
        Case("given", values.ShapeOf("x"), (int)values.Setting("kernel"));

    internal static OperationCase Case(string description, Shape input, int kernel)
    {
        var output = MaxPool2d.OutputShape(input, kernel);
        double bytes = (4.0 * input.Count) + (5.0 * output.Count);
        return new OperationCase
        {
            Operation = "max_pool2d",
            Description = description,
            // Less than half the distance between neighboring values: no step changes which one is the maximum.
            Arguments = [new Argument("x", input, Values.Distinct, 0.4f / input.Count)],
            OutputShape = output,
            Create = (device, t) =>
            {
                var pool = new MaxPool2d(device, kernel);
                var indices = device.AllocateBuffer<byte>(output.Count);
                return new Passes(
                    () => pool.Forward(t["x"], t["y"], indices),
                    () => pool.Backward(indices, t["dy"], t["dx"]),
                    indices);
            },
            Reference = new MaxPool2dReference(kernel),
            ForwardCost = new Cost(input.Count, bytes),
            BackwardCost = new Cost(output.Count, bytes),
        };
    }
}
