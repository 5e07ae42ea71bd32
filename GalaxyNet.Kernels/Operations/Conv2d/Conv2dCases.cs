namespace GalaxyNet.Kernels;

/// <summary>The convolution in the catalogue.</summary>
internal static class Conv2dCases
{
    // The convolution is linear in each argument, so a large step costs no accuracy.
    private const float Step = 0.5f;

    public static IEnumerable<OperationCase> All =>
    [
        Case("one pixel, 1x1 filter", 1, new(1, 1, 1, 1, 1, 1, 1, 0)),
        Case("3x3, same padding, odd extents", 2, new(3, 7, 5, 5, 3, 3, 1, 1)),
        Case("5x5, same padding", 3, new(2, 6, 9, 7, 5, 5, 1, 2)),
        Case("9x9 filter, 8x8 image", 1, new(3, 8, 8, 4, 9, 9, 1, 4)),
        Case("stride 2, no padding", 2, new(2, 9, 7, 3, 3, 3, 2, 0)),
        Case("stride 3, 4x2 filter, padding 1", 2, new(3, 10, 11, 2, 4, 2, 3, 1)),
        Case("padding wider than the filter's reach", 1, new(2, 4, 3, 3, 2, 3, 1, 2)),
        Case("rows longer than a vector", 1, new(1, 3, 37, 8, 3, 3, 1, 1)),
        Case("fast 3x3, odd extents", 5, new(16, 7, 10, 17, 3, 3, 1, 1)),
        Case("fast 5x5, odd extents", 3, new(17, 9, 6, 16, 5, 5, 1, 2)),
        Case("fast 5x5, no padding", 1, new(16, 11, 5, 20, 5, 5, 1, 0)),
        Case("9x9 split into blocks, odd extents", 2, new(2, 11, 9, 33, 9, 9, 1, 4)),
        Case("6x6 split into blocks, no padding", 1, new(1, 13, 10, 32, 6, 6, 1, 0)),
        Case("fast 3x3 in bands, odd extents", 1, new(16, 41, 37, 16, 3, 3, 1, 1)),
        Case("fast 3x3, widest padding", 2, new(18, 3, 4, 16, 3, 3, 1, 2)),
        Case("several panels of filters, stride 2", 1, new(8, 6, 7, 7, 3, 3, 2, 1)),
        Case("several panels of filters, 13 images", 13, new(7, 5, 4, 8, 3, 2, 1, 1)),
        Case("rows in two bands", 1, new(1, 64, 37, 2, 3, 3, 1, 1)),
        .. new[]
        {
            Case("fast 3x3, 21 images", 21, new(18, 2, 2, 24, 3, 3, 1, 1)),
            Case("fast 5x5, 21 images", 21, new(18, 2, 2, 24, 5, 5, 1, 2)),
            Case("two images of fast 5x5 in bands", 2, new(16, 257, 1, 16, 5, 5, 1, 2)),
            Case("6x6 split into blocks, 21 images", 21, new(1, 6, 6, 32, 6, 6, 1, 2)),
            Case("two images of 6x6 split into blocks, in bands", 2, new(1, 131, 6, 32, 6, 6, 1, 2)),
        }.Select(each => each with { Only = Schedule.Cpu }),
        Case("attempt 4, conv1", 64, new(3, 64, 64, 64, 9, 9, 1, 4)) with { IsBenchmark = true },
        Case("attempt 4, conv2", 64, new(64, 32, 32, 96, 5, 5, 1, 2)) with { IsBenchmark = true },
        Case("attempt 4, conv3", 64, new(96, 16, 16, 128, 3, 3, 1, 1)) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("16 channels of 32x32, 3x3", 16, new(16, 32, 32, 16, 3, 3, 1, 1)) with { Size = SweepSize.Small },
        Case("64 channels of 32x32, 3x3", 16, new(64, 32, 32, 64, 3, 3, 1, 1)) with { Size = SweepSize.Medium },
        Case("128 channels of 32x32, 3x3", 16, new(128, 32, 32, 128, 3, 3, 1, 1)) with { Size = SweepSize.Large },
    ];

    public static OperationCase Of(ICaseValues values) =>
        Case("given", values.ShapeOf("x")[0], GeometryOf(values));

    /// <summary>The extents of x and w, with <c>stride</c> and <c>padding</c>.</summary>
    public static Conv2dGeometry GeometryOf(ICaseValues values)
    {
        var (x, w) = (values.ShapeOf("x"), values.ShapeOf("w"));
        return new(
            x[1], x[2], x[3], w[0], w[2], w[3], (int)values.Setting("stride"), (int)values.Setting("padding"));
    }

    /// <summary>One case; with a tile for the GPU schedule that is used instead of the best.</summary>
    public static OperationCase Case(
        string description, int batch, Conv2dGeometry geometry, TileChoice? tile = null)
    {
        var output = geometry.OutputShape(batch);
        double flops = 2.0 * output.Count * geometry.WindowSize;
        double bytes = 4.0 * (geometry.InputShape(batch).Count + geometry.WeightShape.Count + output.Count);
        return new OperationCase
        {
            Operation = "conv2d",
            Description = description,
            Arguments =
            [
                new Argument("x", geometry.InputShape(batch), Values.Uniform, Step),
                new Argument("w", geometry.WeightShape, Values.Uniform, Step),
                new Argument("b", [geometry.OutChannels], Values.Uniform, Step),
            ],
            OutputShape = output,
            Create = (device, t) =>
            {
                var convolution = new Conv2d(device, geometry, tile);
                return new Passes(
                    () => convolution.Forward(t["x"], t["w"], t["b"], t["y"]),
                    () => convolution.Backward(t["x"], t["dy"], t["w"], t["dx"], t["dw"], t["db"]),
                    convolution);
            },
            PlanOn = device =>
            {
                using var convolution = new Conv2d(device, geometry, tile);
                return convolution.PlanFor(batch);
            },
            Reference = new Conv2dReference(geometry),
            ForwardCost = new Cost(flops, bytes),
            BackwardCost = new Cost(2 * flops, 2 * bytes),
        };
    }
}
