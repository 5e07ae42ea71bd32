namespace GalaxyNet.Kernels;

/// <summary>The rotation in the catalogue. Its inputs are bytes and turns, not tensors, so the case makes its own.</summary>
internal static class RotationCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one pixel", [2, 1, 1, 1]),
        Case("one row", [3, 2, 1, 7]),
        Case("two columns", [3, 1, 5, 2]),
        Case("square, odd", [5, 3, 9, 9]),
        Case("wider than high", [4, 1, 6, 20]),
        Bilinear("bilinear, one pixel", [2, 1, 1, 1]),
        Bilinear("bilinear, one row", [3, 2, 1, 7]),
        Bilinear("bilinear, wider than high", [4, 3, 6, 20]),
        Case("attempt 4, the input", [64, 3, 64, 64]) with { IsBenchmark = true },
        Bilinear("attempt 4, the input, bilinear", [64, 3, 64, 64]) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("one image of 64x64", [1, 3, 64, 64]) with { Size = SweepSize.Small },
        Case("16 images of 64x64", [16, 3, 64, 64]) with { Size = SweepSize.Medium },
        Case("64 images of 128x128", [64, 3, 128, 128]) with { Size = SweepSize.Large },
    ];

    private static OperationCase Case(string description, Shape shape) => new()
    {
        Operation = "rotation",
        Description = description,
        Arguments = [],
        OutputShape = shape,
        Create = device => new Run(device, shape, Interpolation.Cubic),
        // Two filters of 7 operations and a 4x4 window of 40, whose place and weights take 50 once for all channels.
        ForwardCost = new Cost((54.0 * shape.Count) + (50.0 * shape.Count / shape[1]), 5.0 * shape.Count),
    };

    // A 2x2 window of 10 operations, whose place takes 20 once for all channels.
    private static OperationCase Bilinear(string description, Shape shape) => Case(description, shape) with
    {
        Create = device => new Run(device, shape, Interpolation.Bilinear),
        ForwardCost = new Cost((10.0 * shape.Count) + (20.0 * shape.Count / shape[1]), 5.0 * shape.Count),
    };

    private sealed class Run(Device device, Shape shape, Interpolation interpolation) : IOperation
    {
        private readonly Rotation rotation = new(device, interpolation);

        private readonly DeviceBuffer<byte> images = device.AllocateBuffer<byte>(
            Array.ConvertAll(Values.Uniform(shape, 1), u => (byte)((u + 0.5f) * 256f)));

        private readonly DeviceBuffer<Orientation> orientations = device.AllocateBuffer<Orientation>(
            [.. Values.Uniform([shape[0]], 2).Select((u, i) => new Orientation((int)((u + 0.5f) * 360f), i % 2 == 1))]);

        public void Forward(IReadOnlyList<Tensor> arguments, Tensor output) =>
            rotation.Forward(images, orientations, output);

        public void Backward(
            IReadOnlyList<Tensor> arguments,
            Tensor output,
            Tensor outputGradient,
            IReadOnlyList<Tensor?> argumentGradients) =>
            throw new NotSupportedException("The input's images need no gradient.");

        public void Dispose()
        {
            rotation.Dispose();
            images.Dispose();
            orientations.Dispose();
        }
    }
}
