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
    [
        Case("4 images, 16 channels of 16x16", [4, 16, 16, 16], 2) with { Size = SweepSize.Small },
        Case("16 images, 32 channels of 32x32", [16, 32, 32, 32], 2) with { Size = SweepSize.Medium },
        Case("32 images, 64 channels of 64x64", [32, 64, 64, 64], 2) with { Size = SweepSize.Large },
    ];

    private static OperationCase Case(string description, Shape input, int kernel)
    {
        Shape output = [input[0], input[1], input[2] / kernel, input[3] / kernel];
        double bytes = (4.0 * input.Count) + (5.0 * output.Count);
        return new OperationCase
        {
            Operation = "max_pool2d",
            Description = description,
            // Less than half the distance between neighboring values: no step changes which one is the maximum.
            Arguments = [new Argument("x", input, Values.Distinct, 0.5f / input.Count)],
            OutputShape = output,
            Create = device => new Run(new MaxPool2d(device, kernel), device.AllocateBuffer<byte>(output.Count)),
            ForwardCost = new Cost(input.Count, bytes),
            BackwardCost = new Cost(output.Count, bytes),
        };
    }

    private sealed class Run(MaxPool2d pool, DeviceBuffer<byte> indices) : IOperation
    {
        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) =>
            pool.Forward(arguments[0], output, indices);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            pool.Backward(indices, outputGradient, argumentGradients[0]!);

        public void Dispose() => indices.Dispose();
    }
}
