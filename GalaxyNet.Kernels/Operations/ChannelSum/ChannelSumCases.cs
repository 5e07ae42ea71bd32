namespace GalaxyNet.Kernels;

/// <summary>The channel sum in the catalogue.</summary>
internal static class ChannelSumCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one element", [1, 1]),
        Case("columns of a matrix", [67, 5]),
        Case("odd planes", [3, 5, 7, 3]),
        Case("attempt 4, bias of conv1", [64, 64, 64, 64]) with { IsBenchmark = true },
        Case("attempt 4, bias of conv2", [64, 96, 32, 32]) with { IsBenchmark = true },
        Case("attempt 4, bias of conv3", [64, 128, 16, 16]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("4 images, 16 channels of 16x16", [4, 16, 16, 16]) with { Size = SweepSize.Small },
        Case("16 images, 32 channels of 32x32", [16, 32, 32, 32]) with { Size = SweepSize.Medium },
        Case("32 images, 64 channels of 64x64", [32, 64, 64, 64]) with { Size = SweepSize.Large },
    ];

    private static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "channel_sum",
        Description = description,
        Arguments = [new Argument("x", shape, Values.Uniform, null)],
        OutputShape = [shape[1]],
        Create = device => new Run(new ChannelSum(device)),
        ForwardCost = new Cost(shape.Count, 4.0 * shape.Count),
    };

    private sealed class Run(ChannelSum channelSum) : IOperation
    {
        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) => channelSum.Sum(arguments[0], output);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            throw new NotSupportedException("A channel sum is itself a gradient; it has none.");

        public void Dispose() => channelSum.Dispose();
    }
}
