namespace GalaxyNet.Kernels;

/// <summary>Batch normalization in the catalogue, in training.</summary>
internal static class BatchNorm2dCases
{
    // y is linear in w and b, so a large step costs no accuracy there; in x it curves.
    private const float LinearStep = 0.5f;
    private const float InputStep = 0.02f;

    public static IEnumerable<OperationCase> All =>
    [
        Case("one pixel", [9, 2, 1, 1]),
        Case("one image", [1, 3, 5, 4]),
        Case("odd extents", [5, 3, 7, 3]),
        Case("more channels than threads", [3, 34, 1, 2]),
        Case("more pixels than threads", [2, 1, 13, 17]),
        Case("attempt 4, after conv2", [64, 96, 32, 32]) with { IsBenchmark = true },
        Case("attempt 4, after conv3", [64, 128, 16, 16]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("4 images, 16 channels of 16x16", [4, 16, 16, 16]) with { Size = SweepSize.Small },
        Case("16 images, 32 channels of 32x32", [16, 32, 32, 32]) with { Size = SweepSize.Medium },
        Case("32 images, 64 channels of 64x64", [32, 64, 64, 64]) with { Size = SweepSize.Large },
    ];

    public static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "batch_norm2d",
        Description = description,
        Arguments =
        [
            new Argument("x", shape, Values.Uniform, InputStep),
            new Argument("w", [shape[1]], Values.AwayFromZero, LinearStep),
            new Argument("b", [shape[1]], Values.Uniform, LinearStep),
        ],
        OutputShape = shape,
        Create = device => new Run(device, shape[1]),
        ForwardCost = new Cost(8.0 * shape.Count, 12.0 * shape.Count),
        BackwardCost = new Cost(9.0 * shape.Count, 20.0 * shape.Count),
    };

    private sealed class Run(Device device, int channels) : IOperation
    {
        private readonly BatchNorm2d norm = new(device, channels);
        private readonly Tensor runningMean = device.Allocate([channels]);
        private readonly Tensor runningVariance = device.Allocate([channels]);

        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) => norm.ForwardTraining(
            arguments[0], arguments[1], arguments[2], runningMean, runningVariance, output);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            norm.Backward(
                arguments[0],
                outputGradient,
                arguments[1],
                argumentGradients[0]!,
                argumentGradients[1]!,
                argumentGradients[2]!);

        public void Dispose()
        {
            norm.Dispose();
            runningMean.Dispose();
            runningVariance.Dispose();
        }
    }
}
