namespace GalaxyNet.Kernels;

/// <summary>Batch normalization with the ReLU and maximum pooling in the catalogue, in training.</summary>
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
        Case("attempt 4, after conv2", [64, 96, 32, 32], 2) with { IsBenchmark = true },
        Case("attempt 4, after conv3", [64, 128, 16, 16], 2) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("4 images, 16 channels of 16x16", [4, 16, 16, 16], 2) with { Size = SweepSize.Small },
        Case("16 images, 32 channels of 32x32", [16, 32, 32, 32], 2) with { Size = SweepSize.Medium },
        Case("32 images, 64 channels of 64x64", [32, 64, 64, 64], 2) with { Size = SweepSize.Large },
    ];

    private static OperationCase Case(string description, Shape input, int kernel)
    {
        Shape output = [input[0], input[1], input[2] / kernel, input[3] / kernel];
        return new OperationCase
        {
            Operation = "batch_norm_relu_max_pool2d",
            Description = description,
            Arguments =
            [
                new Argument("x", input, (shape, seed) => Peaked(shape, seed, kernel), InputStep),
                // A negative weight would turn the maxima into minima.
                new Argument("w", [input[1]], Values.Between(0.3f, 0.8f), LinearStep),
                new Argument("b", [input[1]], FarFromZero, LinearStep),
            ],
            OutputShape = output,
            Create = device => new Run(device, input[1], kernel, output.Count),
            ForwardCost = new Cost(8.0 * input.Count, (4.0 * input.Count) + (5.0 * output.Count)),
            BackwardCost = new Cost(9.0 * input.Count, (8.0 * input.Count) + (5.0 * output.Count)),
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
            int place = ((row / kernel) + (column / kernel)) % kernel; // another one from window to window
            if (row % kernel == place && column % kernel == 0)
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

    private sealed class Run(Device device, int channels, int kernel, int windows) : IOperation
    {
        private readonly BatchNormReluMaxPool2d operation = new(device, channels, kernel);
        private readonly Tensor runningMean = device.Allocate([channels]);
        private readonly Tensor runningVariance = device.Allocate([channels]);
        private readonly DeviceBuffer<byte> indices = device.AllocateBuffer<byte>(windows);

        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) => operation.ForwardTraining(
            arguments[0], arguments[1], arguments[2], runningMean, runningVariance, output, indices);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            operation.Backward(
                arguments[0],
                indices,
                outputGradient,
                arguments[1],
                argumentGradients[0]!,
                argumentGradients[1]!,
                argumentGradients[2]!);

        public void Dispose()
        {
            operation.Dispose();
            runningMean.Dispose();
            runningVariance.Dispose();
            indices.Dispose();
        }
    }
}
