namespace GalaxyNet.Kernels;

/// <summary>Batch normalization with the ReLU and maximum pooling in the catalogue.</summary>
internal static class BatchNormReluMaxPool2dCases
{
    private const float InputStep = 0.02f;
    private const float LinearStep = 0.25f;
    private const float Margin = 4f;

    public static IEnumerable<OperationCase> All =>
    [
        Case("one window", [3, 2, 2, 2], 2),
        Case("leftover row and column", [2, 3, 5, 7], 2),
        Case("rows longer than a vector", [1, 2, 2, 38], 2),
        Case("3x3 windows", [2, 2, 3, 7], 3),
        Case("windows of one pixel", [3, 2, 3, 5], 1),
        Case("windows of one pixel, planes longer than a vector", [1, 2, 5, 9], 1),
        Case("in evaluation, leftover row and column", [2, 3, 5, 7], 2, isTraining: false),
        Case("in evaluation, 3x3 windows", [1, 2, 4, 3], 3, isTraining: false),
        Case("in evaluation, windows of one pixel", [2, 2, 4, 5], 1, isTraining: false),
        Case("attempt 4, after conv2", [64, 96, 32, 32], 2) with { IsBenchmark = true },
        Case("attempt 4, after conv3", [64, 128, 16, 16], 2) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
        Sweeps.OfImages((description, shape) => Case(description, shape, 2));

    public static OperationCase Of(ICaseValues values) => Case(
        "given",
        values.ShapeOf("x"),
        (int)values.Setting("kernel"),
        values.Setting("training") != 0,
        values.Setting("momentum"),
        values.Setting("epsilon"));

    private static OperationCase Case(
        string description,
        Shape input,
        int kernel,
        bool isTraining = true,
        double momentum = 0.25f,
        double epsilon = 1e-5f)
    {
        var output = MaxPool2d.OutputShape(input, kernel);
        return new OperationCase
        {
            Operation = "batch_norm_relu_max_pool2d",
            Description = description,
            Arguments =
            [
                new Argument("x", input, (shape, seed) => Peaked(shape, seed, kernel), InputStep),
                // A negative weight would turn the maxima into minima.
                new Argument("w", [input[1]], Values.Between(0.3f, 0.8f), isTraining ? LinearStep : null),
                new Argument("b", [input[1]], FarFromZero, isTraining ? LinearStep : null),
                new Argument("running_mean", [input[1]], Values.Uniform, IsUpdated: isTraining),
                new Argument("running_variance", [input[1]], Values.Between(0.1f, 1f), IsUpdated: isTraining),
            ],
            OutputShape = output,
            Create = (device, t) =>
            {
                var operation = new BatchNormReluMaxPool2d(
                    device, input[1], kernel, (float)momentum, (float)epsilon);
                var indices = device.AllocateBuffer<byte>(output.Count);
                return isTraining
                    ? new Passes(
                        () => operation.ForwardTraining(
                            t["x"], t["w"], t["b"], t["running_mean"], t["running_variance"], t["y"], indices),
                        () => operation.Backward(t["x"], indices, t["dy"], t["w"], t["dx"], t["dw"], t["db"]),
                        operation,
                        indices)
                    : new Passes(
                        () => operation.ForwardEvaluation(
                            t["x"], t["w"], t["b"], t["running_mean"], t["running_variance"], t["y"], indices),
                        () => operation.BackwardEvaluation(
                            indices, t["dy"], t["w"], t["running_variance"], t["dx"]),
                        operation,
                        indices);
            },
            Reference = new BatchNormReluMaxPool2dReference(kernel, momentum, epsilon, isTraining),
            ForwardCost = new Cost(8.0 * input.Count, (4.0 * input.Count) + (5.0 * output.Count)),
            BackwardCost = isTraining
                ? new Cost(9.0 * input.Count, (8.0 * input.Count) + (5.0 * output.Count))
                : new Cost(input.Count, (12.0 * input.Count) + (5.0 * output.Count)),
        };
    }

    // One number of each window stands out from the others, so that no step changes which one is the maximum.
    private static float[] Peaked(Shape shape, int seed, int kernel)
    {
        float[] values = Values.Uniform(shape, seed);
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / shape[3] % shape[2];
            int column = i % shape[3];
            int peak = ((row / kernel) + (column / kernel)) % kernel; // in another row from window to window
            if (row % kernel == peak && column % kernel == 0)
                values[i] += 1.5f;
        }
        return values;
    }

    // The normalized numbers all pass the ReLU, but for the last channel's, which all stop at it:
    // no step carries one across the kink.
    private static float[] FarFromZero(Shape shape, int seed)
    {
        float[] biases = Array.ConvertAll(Values.Uniform(shape, seed), u => u + Margin);
        biases[^1] *= -1f;
        return biases;
    }
}
