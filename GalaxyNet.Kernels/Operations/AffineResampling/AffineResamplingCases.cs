namespace GalaxyNet.Kernels;

/// <summary>The resampling in the catalogue.</summary>
internal static class AffineResamplingCases
{
    private const int PoseNumbers = 7;

    public static IEnumerable<OperationCase> All =>
    [
        Case("one pixel", [2, 1, 1, 1], 1, 1),
        Case("one row", [3, 2, 1, 7], 1, 7),
        Case("two columns", [3, 1, 5, 2], 5, 2),
        Case("square, odd", [5, 3, 9, 9], 9, 9),
        Case("more channels than go side by side", [2, 6, 5, 8], 5, 8),
        Case("wider than high", [4, 1, 6, 20], 6, 20),
        Case("the middle of a larger input", [3, 3, 12, 11], 7, 6),
        Case("an output larger than the input", [2, 1, 3, 4], 5, 9),
        Case("bilinear, one pixel", [2, 1, 1, 1], 1, 1, Interpolation.Bilinear),
        Case("bilinear, one row", [3, 2, 1, 7], 1, 7, Interpolation.Bilinear),
        Case("bilinear, the middle of a larger input", [4, 3, 6, 20], 4, 9, Interpolation.Bilinear),
        Case("attempt 4, the input", [64, 3, 64, 64], 64, 64) with { IsBenchmark = true },
        Case("attempt 4, the input, bilinear", [64, 3, 64, 64], 64, 64, Interpolation.Bilinear) with
        {
            IsBenchmark = true,
        },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("one image of 64x64", [1, 3, 64, 64], 64, 64) with { Size = SweepSize.Small },
        Case("16 images of 64x64", [16, 3, 64, 64], 64, 64) with { Size = SweepSize.Medium },
        Case("64 images of 128x128", [64, 3, 128, 128], 128, 128) with { Size = SweepSize.Large },
    ];

    /// <summary>A case by its <c>order</c>, as SciPy names the degree of the spline: 1 or 3.</summary>
    public static OperationCase Of(ICaseValues values) => Case(
        "given",
        values.ShapeOf("images"),
        (int)values.Setting("out_height"),
        (int)values.Setting("out_width"),
        values.Setting("order") == 1 ? Interpolation.Bilinear : Interpolation.Cubic);

    private static OperationCase Case(
        string description,
        Shape input,
        int outHeight,
        int outWidth,
        Interpolation interpolation = Interpolation.Cubic)
    {
        // Cubic: two filters of 7 operations for each pixel of the input, and a 4x4 window of 40, whose position and
        // weights take 50 once for all channels. Bilinear: a 2x2 window of 10, whose position takes 20.
        var (filters, window, position) = interpolation == Interpolation.Cubic ? (14.0, 40.0, 50.0) : (0, 10.0, 20.0);
        Shape output = [input[0], input[1], outHeight, outWidth];
        return new OperationCase
        {
            Operation = "affine_resampling",
            Description = description,
            Arguments =
            [
                new Argument("images", input, Values.Whole(256)),
                new Argument("poses", [input[0], PoseNumbers], Poses),
            ],
            OutputShape = output,
            Create = (device, t) =>
            {
                var resampling = new AffineResampling(device, interpolation);
                var images = device.AllocateBuffer<byte>(Array.ConvertAll(t["images"].ToArray(), level => (byte)level));
                var poses = device.AllocateBuffer<Pose>([.. t["poses"].ToArray().Chunk(PoseNumbers).Select(PoseOf)]);
                return new Passes(
                    () => resampling.Forward(images, input, poses, t["y"]), null, resampling, images, poses);
            },
            Reference = new AffineResamplingReference(interpolation, outHeight, outWidth),
            ForwardCost = new Cost(
                (filters * input.Count) + (window * output.Count) + (position * output.Count / output[1]),
                input.Count + (4.0 * output.Count)),
        };
    }

    private static Pose PoseOf(float[] numbers) => new(
        numbers[0], numbers[1] != 0f, numbers[2], numbers[3], numbers[4])
    {
        Brightness = numbers[5],
        Tint = numbers[6],
    };

    // Each number in the range that training draws it from.
    private static float[] Poses(Shape shape, int seed)
    {
        float[] poses = Values.Uniform(shape, seed);
        for (int i = 0; i < poses.Length; i += PoseNumbers)
        {
            poses[i] = MathF.Floor(360f * (poses[i] + 0.5f));
            poses[i + 1] = poses[i + 1] < 0f ? 0f : 1f;
            poses[i + 2] = 1f + (0.5f * poses[i + 2]);
            poses[i + 3] *= 3f;
            poses[i + 4] *= 3f;
            poses[i + 5] = 1f + (0.4f * poses[i + 5]);
            poses[i + 6] *= 0.4f;
        }
        return poses;
    }
}
