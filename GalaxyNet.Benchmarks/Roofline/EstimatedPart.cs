namespace GalaxyNet.Benchmarks;

/// <summary>A part of attempt 4's training step, and what it should take on each GPU.</summary>
/// <param name="Layer">The layer of a product, else the operation by its name in the catalogue.</param>
/// <param name="Pass">The pass of a product, else empty: both.</param>
/// <param name="Flops">Its operations: those of the direct sum where a convolution is fast.</param>
/// <param name="Tile">
/// How a product is cut on an H200, such as <c>96x128 / 10</c> for ten parts of its depth, or <c>fast 96x128</c> for
/// the products of a fast convolution.
/// </param>
/// <param name="On">The estimate for each of <see cref="GpuDataSheet.All"/>.</param>
internal sealed record EstimatedPart(
    string Layer,
    string Pass,
    double Flops,
    string Tile,
    IReadOnlyDictionary<GpuDataSheet, RooflineEstimate> On)
{
    /// <summary>Images of the step.</summary>
    public const int Batch = 64;

    private const string OtherWay = "bilinear"; // a step rotates its images in one way; the cubic one costs more

    private const string Pooling = "relu_max_pool2d";
    private const string Normalization = "batch_norm_relu_max_pool2d";
    private const string BiasGradients = "channel_sum";

    // What a training step does besides the products, by the names of the catalogue's cases.
    private static readonly string[] OtherOperations =
    [
        "affine_resampling", Pooling, Normalization,
        BiasGradients, "dropout", "sigmoid", "weighted_mse", "adam",
    ];

    /// <summary>Layer and pass.</summary>
    public string Name => $"{Layer} {Pass}".TrimEnd();

    /// <summary>The whole step.</summary>
    /// <param name="kernels">The kernels of the products, by name.</param>
    /// <param name="engine">What computes the products.</param>
    /// <param name="sizeOf">What plans know of a GPU, such as its <see cref="GpuDataSheet.Size"/>.</param>
    public static IReadOnlyList<EstimatedPart> OfStep(
        IReadOnlyDictionary<string, PtxEntry> kernels, TileEngine engine, Func<GpuDataSheet, GpuSize> sizeOf) =>
    [
        .. LayerProduct.OfAttemptFour(Batch, engine).Select(product => Of(product, kernels, sizeOf)),
        .. OtherOperations
            .Where(operation => engine != TileEngine.Cuda || operation != BiasGradients)
            .Select(operation => Of(operation, engine)),
    ];

    private static EstimatedPart Of(
        LayerProduct product,
        IReadOnlyDictionary<string, PtxEntry> kernels,
        Func<GpuDataSheet, GpuSize> sizeOf) =>
        new(
            product.Layer,
            product.Pass,
            product.Flops,
            product.NameOn(sizeOf(GpuDataSheet.H200)),
            GpuDataSheet.All.ToDictionary(gpu => gpu, gpu =>
            {
                var taken = product.On(sizeOf(gpu));
                var plan = taken.PlanFor(sizeOf(gpu));
                var kernel = kernels[taken.KernelOf(plan)];
                return RooflineEstimate.Of(
                    gpu,
                    taken,
                    plan,
                    new SliceCounts(kernel.SliceShare!.Value, kernel.InnerLoop!.SharedBytesPerMultiplyAdd));
            }));

    private static EstimatedPart Of(string operation, TileEngine engine)
    {
        // The CUDA engine pools where it convolves, and sums bias gradients where it multiplies.
        bool isBackwardAlone = engine == TileEngine.Cuda && operation == Pooling;
        // It also leaves moments for a normalization, which reads its input twice without.
        bool readsTwice = engine == TileEngine.CSharp && operation == Normalization;
        var cases = OperationCatalogue.All
            .Where(each => each.Operation == operation && each.IsBenchmark)
            .Where(each => each.Description.StartsWith("attempt 4", StringComparison.Ordinal))
            .Where(each => !each.Description.Contains(OtherWay, StringComparison.Ordinal));
        var costs = cases
            .SelectMany(each => new[] { isBackwardAlone ? default : each.ForwardCost, each.BackwardCost ?? default })
            .ToList();
        double bytesAgain = readsTwice ? sizeof(float) * cases.Sum(each => (double)each.Arguments[0].Shape.Count) : 0;
        var total = new Cost(costs.Sum(cost => cost.Flops), costs.Sum(cost => cost.Bytes) + bytesAgain);
        return new EstimatedPart(
            operation,
            Pass: "",
            total.Flops,
            Tile: "",
            GpuDataSheet.All.ToDictionary(gpu => gpu, gpu => RooflineEstimate.Of(gpu, total)));
    }
}
