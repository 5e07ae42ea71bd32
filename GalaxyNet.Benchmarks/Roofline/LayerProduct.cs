namespace GalaxyNet.Benchmarks;

/// <summary>One matrix product that a layer of attempt 4 takes, as the GPU schedule sees it.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Pass">Which of its passes.</param>
/// <param name="Kernel">The name of its kernel, without the tile, such as <c>conv2d.Forward</c>.</param>
/// <param name="Rows">Rows of the product.</param>
/// <param name="Columns">Columns of the product.</param>
/// <param name="Depth">Terms of each sum.</param>
/// <param name="Bytes">What must be read from and written to memory, each number once.</param>
internal sealed record LayerProduct(
    string Layer, string Pass, string Kernel, int Rows, int Columns, int Depth, double Bytes)
{
    private const string Forward = "forward";
    private const string BackwardInput = "input gradient";
    private const string BackwardWeight = "weight gradient";

    /// <summary>
    /// The products of one training step on an engine: the first layer's input needs no gradient.
    /// </summary>
    public static IReadOnlyList<LayerProduct> OfAttemptFour(int batch, TileEngine engine)
    {
        LayerProduct[] products =
        [
            .. OfConvolution("conv1", batch, new(3, 64, 64, 64, 9, 9, 1, 4))
                .Where(each => each.Pass != BackwardInput),
            .. OfConvolution("conv2", batch, new(64, 32, 32, 96, 5, 5, 1, 2), isNormalized: true),
            .. OfConvolution("conv3", batch, new(96, 16, 16, 128, 3, 3, 1, 1), isNormalized: true),
            .. OfDense("fc1", batch, 8192, 1024),
            .. OfDense("fc2", batch, 1024, 256),
            .. OfDense("fc3", batch, 256, 37),
        ];
        return engine == TileEngine.Cuda ? [.. products.Select(product => product.InAssembly())] : products;
    }

    /// <summary>Layer and pass.</summary>
    public string Name => $"{Layer} {Pass}";

    /// <summary>
    /// Multiply-adds, each of which counts as two; of a fast convolution those of the direct sum, which people compare.
    /// </summary>
    public double Flops { get; private init; } = 2.0 * Rows * Columns * Depth;

    /// <summary>Its extents, with the column that the CUDA engine adds for the gradient of a bias.</summary>
    public ProductSize Size =>
        new(Rows, Columns + (IsInAssembly && IsBackwardWeight && !IsFast ? 1 : 0), Depth, Matrices);

    /// <summary>
    /// The layer's other gradient, where a training step computes both in one launch, with the same tile.
    /// </summary>
    public ProductSize? Partner { get; init; }

    /// <summary>How many products of these extents there are.</summary>
    public int Matrices { get; init; } = 1;

    /// <summary>
    /// What launches before and after it read and write, each number once: those of a fast convolution, which make the
    /// matrices of its products and take what comes of them.
    /// </summary>
    public double BytesAround { get; init; }

    /// <summary>How many images a fast convolution takes at once; 0 for a direct one.</summary>
    public int FastImages { get; init; }

    /// <summary>Whether a fast convolution takes it.</summary>
    public bool IsFast => FastImages > 0;

    /// <summary>The products of the same pass by a fast convolution; null where there is none.</summary>
    public LayerProduct? Fast => IsInAssembly && !IsFast && Geometry is { } geometry && WinogradCuda.Fits(geometry)
        ? FastProduct.Of(this, geometry)
        : null;

    /// <summary>Whether it is asked for moments, for a batch normalization: the CUDA engine makes them.</summary>
    public bool WantsMoments { get; private init; }

    /// <summary>Whether the CUDA engine computes it.</summary>
    public bool IsInAssembly { get; private init; }

    /// <summary>Whether it is a layer's forward pass.</summary>
    public bool IsForward => Pass == Forward;

    /// <summary>Whether it is the gradient of a layer's input.</summary>
    public bool IsBackwardInput => Pass == BackwardInput;

    /// <summary>Whether it is the gradient of a layer's weight.</summary>
    public bool IsBackwardWeight => Pass == BackwardWeight;

    /// <summary>The convolution; null for a dense layer.</summary>
    public Conv2dGeometry? Geometry { get; init; }

    /// <summary>The shapes of the layer's input, weight and output.</summary>
    public (Shape Input, Shape Weight, Shape Output) Shapes { get; private init; }

    /// <summary>What the library takes for it on a GPU: this, or <see cref="Fast"/>.</summary>
    public LayerProduct On(GpuSize gpu) =>
        Fast is { } fast && Conv2dCudaChoice.IsFast(Geometry!, Shapes.Input[0], gpu) ? fast : this;

    /// <summary>How the launcher would cut it.</summary>
    public TilePlan PlanFor(GpuSize gpu) => Partner is { } partner
        ? PlanBeside(partner, gpu)
        : TilePlan.For(MarkedKernel.EngineOf(Kernel), Size, gpu);

    /// <summary>Every way that the launcher considers.</summary>
    public IEnumerable<TilePlan> PlansFor(GpuSize gpu) => TilePlan.All(MarkedKernel.EngineOf(Kernel), Size, gpu);

    /// <summary>Others, in as many parts as give each multiprocessor so many groups and no more.</summary>
    public IEnumerable<TilePlan> WholeRounds(GpuSize gpu) =>
        from tile in MarkedKernel.EngineOf(Kernel).Tiles
        where gpu.Runs(tile)
        from groups in Enumerable.Range(1, 2 * tile.GroupsAtOnce)
        let parts = groups * gpu.Multiprocessors / (tile.GroupsAcross(Columns) * tile.GroupsDown(Rows) * Matrices)
        where parts >= 1 && TilePlan.FewestTermsOfPart * parts <= Depth
        select TilePlan.Of(new TileChoice(tile, parts), Size);

    /// <summary>The name of the kernel that a plan launches.</summary>
    public string KernelOf(TilePlan plan) => $"{Kernel}.{plan.Tile.Name}";

    /// <summary>What a report calls a plan of it, such as <c>fast 96x128 / 2</c>.</summary>
    public string NameOf(TilePlan plan) => $"{Way}{plan.Name}";

    /// <summary>What a report calls the plan that the library takes on a GPU.</summary>
    public string NameOn(GpuSize gpu)
    {
        var taken = On(gpu);
        return taken.NameOf(taken.PlanFor(gpu));
    }

    /// <summary>What a report puts before the name of its tile.</summary>
    public string Way => IsFast ? "fast " : "";

    private TilePlan PlanBeside(ProductSize partner, GpuSize gpu)
    {
        var engine = MarkedKernel.EngineOf(Kernel);
        return IsBackwardWeight
            ? PairPlan.For(engine, new PairSize(Size, partner), gpu).First!
            : PairPlan.For(engine, new PairSize(partner, Size), gpu).Second!;
    }

    // Its kernels have names of their own. They take moments too, and compute both gradients of a dense layer in one
    // launch, which copies four floats at a time where all rows allow.
    private LayerProduct InAssembly()
    {
        string kernel = Kernel.Replace(".", ".Cuda", StringComparison.Ordinal);
        if (Geometry is not null || IsForward)
            return this with { Kernel = kernel, IsInAssembly = true };
        bool comesInFours = Shapes.Input[1] % 4 == 0 && Shapes.Output[1] % 4 == 0;
        return this with
        {
            Kernel = comesInFours ? "dense.CudaBackward" : "dense.CudaBackwardByOne",
            Partner = new(Depth, Columns + (IsBackwardInput ? 1 : 0), Rows),
            IsInAssembly = true,
        };
    }

    private static IEnumerable<LayerProduct> OfConvolution(
        string layer, int batch, Conv2dGeometry geometry, bool isNormalized = false)
    {
        int inputs = batch * geometry.InHeight * geometry.InWidth;
        int outputs = batch * geometry.OutHeight * geometry.OutWidth;
        double bytes = sizeof(float) * ((double)geometry.InputShape(batch).Count
            + geometry.WeightShape.Count + geometry.OutputShape(batch).Count);
        int outChannels = geometry.OutChannels;
        int backwardDepth = outChannels * geometry.KernelHeight * geometry.KernelWidth;
        LayerProduct[] products =
        [
            new(layer, Forward, "conv2d.Forward", outChannels, outputs, geometry.WindowSize, bytes),
            new(layer, BackwardInput, "conv2d.BackwardInput", geometry.InChannels, inputs, backwardDepth, bytes),
            new(layer, BackwardWeight, "conv2d.BackwardWeight", outChannels, geometry.WindowSize, outputs, bytes),
        ];
        var shapes = (geometry.InputShape(batch), geometry.WeightShape, geometry.OutputShape(batch));
        return products.Select(product => product with
        {
            Geometry = geometry,
            Shapes = shapes,
            WantsMoments = isNormalized && product.IsForward,
        });
    }

    private static IEnumerable<LayerProduct> OfDense(string layer, int batch, int inFeatures, int outFeatures)
    {
        double bytes = sizeof(float) * new ProductExtents(batch, outFeatures, inFeatures).Numbers;
        LayerProduct[] products =
        [
            new(layer, Forward, "dense.Forward", batch, outFeatures, inFeatures, bytes),
            new(layer, BackwardInput, "dense.BackwardInput", batch, inFeatures, outFeatures, bytes),
            new(layer, BackwardWeight, "dense.BackwardWeight", outFeatures, inFeatures, batch, bytes),
        ];
        Shape input = [batch, inFeatures], weight = [outFeatures, inFeatures], output = [batch, outFeatures];
        return products.Select(product => product with { Shapes = (input, weight, output) });
    }
}
