namespace GalaxyNet.Kernels;

/// <summary>The fully connected layer in the catalogue.</summary>
internal static class DenseCases
{
    // The layer is linear in each argument, so a large step costs no accuracy.
    private const float Step = 0.5f;

    public static IEnumerable<OperationCase> All =>
    [
        Case("one number", 1, 1, 1),
        Case("odd extents", 5, 7, 3),
        Case("one row", 1, 33, 37),
        Case("one feature out", 9, 70, 1),
        Case("over a tile each way", 70, 19, 67),
        Case("deeper than a block", 3, 20, 150),
        Case("blocks of features, one tile of rows", 2, 1030, 7),
        Case("blocks of features, two tiles of rows", 6, 1030, 7),
        Case("a few rows and whole strips", 8, 128, 100),
        Case("a few rows, deeper than a block", 2, 64, 1030),
        Case("a square product of 1024", 1024, 1024, 1024) with { IsBenchmark = true },
        Case("attempt 4, fc1", 64, 8192, 1024) with { IsBenchmark = true },
        Case("attempt 4, fc2", 64, 1024, 256) with { IsBenchmark = true },
        Case("attempt 4, fc3", 64, 256, 37) with { IsBenchmark = true },
    ];

    public static IEnumerable<OperationCase> Sweep =>
    [
        Case("a square product of 256", 256, 256, 256) with { Size = SweepSize.Small },
        Case("a square product of 512", 512, 512, 512) with { Size = SweepSize.Medium },
        Case("a square product of 2048", 2048, 2048, 2048) with { Size = SweepSize.Large },
    ];

    public static OperationCase Of(ICaseValues values) =>
        Case("given", values.ShapeOf("x")[0], values.ShapeOf("w")[1], values.ShapeOf("w")[0]);

    /// <summary>One case; with a tile for the GPU schedule that is used instead of the best.</summary>
    public static OperationCase Case(
        string description, int batch, int inFeatures, int outFeatures, TileChoice? tile = null)
    {
        double flops = 2.0 * batch * inFeatures * outFeatures;
        double bytes = 4.0 * ((batch * (inFeatures + outFeatures)) + (inFeatures * outFeatures));
        return new OperationCase
        {
            Operation = "dense",
            Description = description,
            Arguments =
            [
                new Argument("x", [batch, inFeatures], Values.Uniform, Step),
                new Argument("w", [outFeatures, inFeatures], Values.Uniform, Step),
                new Argument("b", [outFeatures], Values.Uniform, Step),
            ],
            OutputShape = [batch, outFeatures],
            Create = (device, t) =>
            {
                var dense = new Dense(device, inFeatures, outFeatures, tile);
                return new Passes(
                    () => dense.Forward(t["x"], t["w"], t["b"], t["y"]),
                    () => dense.Backward(t["x"], t["dy"], t["w"], t["dx"], t["dw"], t["db"]),
                    dense);
            },
            Reference = new DenseReference(),
            ForwardCost = new Cost(flops, bytes),
            BackwardCost = new Cost(2 * flops, 2 * bytes),
        };
    }
}
