namespace GalaxyNet.Kernels;

/// <summary>The rotation in the catalogue.</summary>
internal static class RotationCases
{
    public static IEnumerable<OperationCase> All =>
    [
        Case("one pixel", [2, 1, 1, 1]),
        Case("one row", [3, 2, 1, 7]),
        Case("two columns", [3, 1, 5, 2]),
        Case("square, odd", [5, 3, 9, 9]),
        Case("more channels than go side by side", [2, 6, 5, 8]),
        Case("wider than high", [4, 1, 6, 20]),
        Case("bilinear, one pixel", [2, 1, 1, 1], Interpolation.Bilinear),
        Case("bilinear, one row", [3, 2, 1, 7], Interpolation.Bilinear),
        Case("bilinear, wider than high", [4, 3, 6, 20], Interpolation.Bilinear),
        Case("attempt 4, the input", [64, 3, 64, 64]) with { IsBenchmark = true },
        Case("attempt 4, the input, bilinear", [64, 3, 64, 64], Interpolation.Bilinear) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("one image of 64x64", [1, 3, 64, 64]) with { Size = SweepSize.Small },
        Case("16 images of 64x64", [16, 3, 64, 64]) with { Size = SweepSize.Medium },
        Case("64 images of 128x128", [64, 3, 128, 128]) with { Size = SweepSize.Large },
    ];

    /// <summary>A case by its <c>order</c>, as SciPy names the degree of the spline: 1 or 3.</summary>
    public static OperationCase Of(ICaseValues values) => Case(
        "given",
        values.ShapeOf("images"),
        values.Setting("order") == 1 ? Interpolation.Bilinear : Interpolation.Cubic);

    private static OperationCase Case(
        string description, Shape shape, Interpolation interpolation = Interpolation.Cubic)
    {
        // Cubic: two filters of 7 operations and a 4x4 window of 40, whose position and weights take 50 once for all
        // channels. Bilinear: a 2x2 window of 10, whose position takes 20.
        var (window, position) = interpolation == Interpolation.Cubic ? (54.0, 50.0) : (10.0, 20.0);
        return new OperationCase
        {
            Operation = "rotation",
            Description = description,
            Arguments =
            [
                new Argument("images", shape, Values.Whole(256)),
                new Argument("degrees", [shape[0]], Values.Whole(360)),
                new Argument("mirrored", [shape[0]], Values.Whole(2)),
            ],
            OutputShape = shape,
            Create = (device, t) =>
            {
                var rotation = new Rotation(device, interpolation);
                var images = device.AllocateBuffer<byte>(Array.ConvertAll(t["images"].ToArray(), level => (byte)level));
                var orientations = device.AllocateBuffer<Orientation>(
                [
                    .. t["degrees"].ToArray().Zip(
                        t["mirrored"].ToArray(), (degrees, mirrored) => new Orientation((int)degrees, mirrored != 0f)),
                ]);
                return new Passes(
                    () => rotation.Forward(images, orientations, t["y"]), null, rotation, images, orientations);
            },
            Reference = new RotationReference(interpolation),
            ForwardCost = new Cost((window * shape.Count) + (position * shape.Count / shape[1]), 5.0 * shape.Count),
        };
    }
}
