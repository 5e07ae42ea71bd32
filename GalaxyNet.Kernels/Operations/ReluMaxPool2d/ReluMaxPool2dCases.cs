namespace GalaxyNet.Kernels;

/// <summary>The ReLU with maximum pooling in the catalogue.</summary>
internal static class ReluMaxPool2dCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one window", [1, 1, 2, 2], 2),
        Case("leftover row and column", [2, 3, 7, 5], 2),
        Case("rows longer than a vector", [1, 2, 4, 38], 2),
        Case("3x3 windows, two columns left over", [2, 2, 6, 8], 3),
        Case("attempt 4, after conv1", [64, 64, 64, 64], 2) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfImages((description, shape) => Case(description, shape, 2));

    public static OperationCase Of(ICaseValues values) =>
        Case("given", values.ShapeOf("x"), (int)values.Setting("kernel"));

    private static OperationCase Case(string description, Shape input, int kernel) =>
        MaxPool2dCases.Case(description, input, kernel) with
        {
            Operation = "relu_max_pool2d",
            Create = (device, t) =>
            {
                var pool = new ReluMaxPool2d(device, kernel);
                var indices = device.AllocateBuffer<byte>(t["y"].Count);
                return new Passes(
                    () => pool.Forward(t["x"], t["y"], indices),
                    () => pool.Backward(indices, t["dy"], t["dx"]),
                    indices);
            },
            Reference = new ReluMaxPool2dReference(kernel),
        };
}
