namespace GalaxyNet.Kernels;

/// <summary>The convolution with the ReLU and maximum pooling in the catalogue.</summary>
internal static class Conv2dReluMaxPool2dCases
{
    private const float Step = 0.02f;
    private const float Low = -1.5f;

    public static IEnumerable<OperationCase> All =>
    [
        Case("one window", 1, new(1, 2, 2, 1, 1, 1, 1, 0)),
        Case("stride 2, odd extents", 2, new(3, 11, 9, 5, 3, 3, 2, 1)),
        Case("3x3 windows, a column left over", 2, new(2, 9, 7, 4, 3, 3, 1, 1), window: 3),
        OfFirstLayer(Case("a first layer, in registers", 2, new(2, 9, 8, 32, 7, 7, 1, 3))),
        .. new[]
        {
            Case("fast 5x5", 1, new(16, 7, 6, 16, 5, 5, 1, 2)),
            Case("in registers, 9x9, odd extents", 2, new(2, 11, 9, 33, 9, 9, 1, 4)),
            Case("in registers, 6x6, no padding", 1, new(1, 13, 10, 32, 6, 6, 1, 0)),
            Case("in registers, 21 images", 21, new(1, 6, 6, 32, 6, 6, 1, 2)),
            Case("in registers, two images in two bands", 2, new(1, 131, 6, 32, 6, 6, 1, 2)),
        }.Select(each => each with { Only = Schedule.Cpu }),
        Timed("attempt 4, conv1", 64, new(3, 64, 64, 64, 9, 9, 1, 4)) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Timed("32 filters of 9x9 on 16x16", 4, new(3, 16, 16, 32, 9, 9, 1, 4)) with { Size = SweepSize.Small },
        Timed("32 filters of 9x9 on 32x32", 16, new(3, 32, 32, 32, 9, 9, 1, 4)) with { Size = SweepSize.Medium },
        Timed("64 filters of 9x9 on 64x64", 16, new(3, 64, 64, 64, 9, 9, 1, 4)) with { Size = SweepSize.Large },
    ];

    public static OperationCase Of(ICaseValues values) =>
        Case("given", values.ShapeOf("x")[0], Conv2dCases.GeometryOf(values), (int)values.Setting("window"));

    public static OperationCase Case(string description, int batch, Conv2dGeometry geometry, int window = 2)
    {
        var convolution = Conv2dCases.Case(description, batch, geometry);
        var output = MaxPool2d.OutputShape(convolution.OutputShape!, window);
        double bytes = (4.0 * (geometry.InputShape(batch).Count + geometry.WeightShape.Count)) + (5.0 * output.Count);
        var cost = convolution.ForwardCost with { Bytes = bytes };
        return convolution with
        {
            Operation = "conv2d_relu_max_pool2d",
            Arguments =
            [
                new Argument("x", geometry.InputShape(batch), (s, seed) => Peaked(s, seed, geometry, window), Step),
                new Argument("w", geometry.WeightShape, (s, seed) => PassingOn(s, seed, geometry), Step),
                new Argument("b", [geometry.OutChannels], Values.Between(-0.1f, 0.1f), Step),
            ],
            OutputShape = output,
            Create = (device, t) =>
            {
                var operation = new Conv2dReluMaxPool2d(device, geometry, window);
                var indices = device.AllocateBuffer<byte>(output.Count);
                return new Passes(
                    () => operation.Forward(t["x"], t["w"], t["b"], t["y"], indices),
                    () => operation.Backward(t["x"], indices, t["dy"], t["w"], t.Find("dx"), t["dw"], t["db"]),
                    operation,
                    indices);
            },
            PlanOn = device =>
            {
                using var operation = new Conv2dReluMaxPool2d(device, geometry, window);
                return operation.PlanFor(batch);
            },
            Reference = new Conv2dReluMaxPool2dReference(geometry, window),
            ForwardCost = cost,
            BackwardCost = new Cost(2 * cost.Flops, 2 * bytes),
        };
    }

    /// <summary>A case to be timed: a first layer, with numbers as they come.</summary>
    public static OperationCase Timed(string description, int batch, Conv2dGeometry geometry)
    {
        var arguments = Conv2dCases.Case(description, batch, geometry).Arguments;
        return OfFirstLayer(Case(description, batch, geometry) with { Arguments = arguments });
    }

    // Nobody needs the gradient of the network's input.
    private static OperationCase OfFirstLayer(OperationCase each) => each with
    {
        Arguments = [each.Arguments[0] with { DifferenceStep = null }, .. each.Arguments.Skip(1)],
        BackwardCost = each.ForwardCost,
    };

    // The pixels under the filters' tap that passes them on: in each window one stands out, so that no step changes
    // which is the maximum, and every third window is so far below zero that no step opens it.
    private static float[] Peaked(Shape shape, int seed, Conv2dGeometry geometry, int window)
    {
        float[] values = Array.ConvertAll(Values.Uniform(shape, seed), u => 0.5f * u);
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / shape[3] % shape[2] / geometry.Stride, column = i % shape[3] / geometry.Stride;
            int number = (row / window) + (column / window) + (i / (shape[2] * shape[3]));
            int peak = number % (window * window);
            if ((row % window * window) + (column % window) == peak)
                values[i] += 1f;
            values[i] += number % 3 == 2 ? Low : 0.5f;
        }
        return values;
    }

    // Filters that are small but for the tap under which the first channel's pixel lies.
    private static float[] PassingOn(Shape shape, int seed, Conv2dGeometry geometry)
    {
        float size = 0.25f / MathF.Sqrt(geometry.WindowSize);
        float[] values = Array.ConvertAll(Values.Uniform(shape, seed), u => size * u);
        int tap = (geometry.Padding * geometry.KernelWidth) + geometry.Padding;
        for (int filter = 0; filter < geometry.OutChannels; filter++)
            values[(filter * geometry.WindowSize) + tap] += 1f;
        return values;
    }
}
