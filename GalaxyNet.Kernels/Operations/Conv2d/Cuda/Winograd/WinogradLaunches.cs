namespace GalaxyNet.Kernels;

/// <summary>The launches of a fast convolution.</summary>
internal sealed class WinogradLaunches : IDisposable
{
    private const double ClocksOfLaunch = 5000;

    private readonly Device device;
    private readonly CudaLauncher<Conv2dCudaPoints, CudaDepths<FourFloats>, CudaDepths<FourFloats>> products;
    private readonly CudaPairLauncher<
        Conv2dCudaPointsBackward, CudaLines, CudaLines, CudaDepths<FourFloats>, CudaDepths<FourFloats>> gradients;
    private readonly Action<KernelConfig, EvaluatedImages, EvaluatedImages, EvaluatedGradients, EvaluatedFilters>
        evaluate;
    private readonly Action<KernelConfig, InterpolatedImages, InterpolatedFilters> interpolate;

    /// <summary>Prepares the launches for filters of so many taps along an axis.</summary>
    public WinogradLaunches(Device device, int taps, TileChoice? tile)
    {
        this.device = device;
        products = new(device, tile);
        gradients = new(device, tile);
        Points = PointsOf(taps);
        evaluate = IsSmall(taps) ? LoadEvaluation<WinogradMaps3x3>(device) : LoadEvaluation<WinogradMaps5x5>(device);
        interpolate = IsSmall(taps)
            ? LoadInterpolation<WinogradMaps3x3>(device)
            : LoadInterpolation<WinogradMaps5x5>(device);
    }

    /// <summary>Points of the plane.</summary>
    public int Points { get; }

    /// <summary>Points of the plane for filters of so many taps along an axis.</summary>
    public static int PointsOf(int taps)
    {
        int points = IsSmall(taps) ? WinogradMaps3x3.Points : WinogradMaps5x5.Points;
        return points * points;
    }

    /// <summary>Clocks that a forward pass takes, by an estimate.</summary>
    public static double ClocksForward(ProductSize size, GpuSize gpu) =>
        CudaLauncher<Conv2dCudaPoints, CudaDepths<FourFloats>, CudaDepths<FourFloats>>.ClocksOf(size, gpu)
        + ClocksAround((long)size.Columns * (size.Rows + size.Depth) * size.Matrices, gpu);

    /// <summary>Clocks that both gradients take.</summary>
    public static double ClocksBackward(ProductSize ofWeight, ProductSize ofInput, GpuSize gpu) => CudaPairLauncher<
        Conv2dCudaPointsBackward, CudaLines, CudaLines, CudaDepths<FourFloats>, CudaDepths<FourFloats>>
        .ClocksOf(new PairSize(ofWeight, ofInput), gpu)
        + ClocksAround(
            (long)(ofWeight.Depth + ofInput.Columns) * (ofInput.Rows + ofInput.Depth) * ofInput.Matrices, gpu);

    /// <summary>How <see cref="Multiply"/> cuts its products.</summary>
    public TilePlan PlanFor(ProductSize size) => products.PlanFor(size);

    /// <summary>How <see cref="MultiplyBackward"/> cuts them.</summary>
    public PairPlan PlanFor(PairSize size) => gradients.PlanFor(size);

    /// <summary>Evaluates at the points what is given; what is not takes no groups.</summary>
    public void Evaluate(
        EvaluatedImages first = default,
        EvaluatedImages second = default,
        EvaluatedGradients gradients = default,
        EvaluatedFilters filters = default)
    {
        int groups = first.Groups + second.Groups + gradients.Groups + filters.Groups;
        evaluate(GroupSum.Launch(device, groups), first, second, gradients, filters);
    }

    /// <summary>For each point, filters times tiles.</summary>
    public void Multiply(PointProduct product) => products.Run(Factors(product));

    /// <summary>
    /// For each point, output gradients times tiles, summed over so many of them, and filters times tiles; or one of
    /// the two.
    /// </summary>
    public void MultiplyBackward(PointProduct? ofWeight, int count, PointProduct? ofInput) => gradients.Run(
        ofWeight is { } weight ? FactorsByTile(weight, count) : null, ofInput is { } input ? Factors(input) : null);

    /// <summary>Makes of products at the points what is asked for; what is not takes no groups.</summary>
    public void Interpolate(InterpolatedImages images = default, InterpolatedFilters filters = default) =>
        interpolate(GroupSum.Launch(device, images.Groups + filters.Groups), images, filters);

    /// <inheritdoc/>
    public void Dispose()
    {
        products.Dispose();
        gradients.Dispose();
    }

    private CudaFactors<CudaDepths<FourFloats>, CudaDepths<FourFloats>> Factors(PointProduct product) => new(
        new(product.Left.Numbers.Address(), product.Left.Columns, hasOnes: 0, product.Left.MatrixSize),
        new(product.Right.Numbers.Address(), product.Right.Columns, hasOnes: 0, product.Right.MatrixSize),
        CudaOutput.Matrices(product.Target.Numbers, product.Target.Rows, product.Target.Columns),
        product.Left.Rows,
        Points);

    private CudaFactors<CudaLines, CudaLines> FactorsByTile(PointProduct product, int count) => new(
        new(product.Left.Numbers.Address(), product.Left.Rows, product.Left.Columns, product.Left.MatrixSize),
        new(product.Right.Numbers.Address(), product.Right.Rows, product.Right.Columns, product.Right.MatrixSize),
        CudaOutput.Matrices(product.Target.Numbers, product.Target.Rows, product.Target.Columns),
        count,
        Points);

    // Two launches more than a direct pass takes; each number of the matrices is written and read once, and what it is
    // made of, or makes, is half as much again.
    private static double ClocksAround(long numbers, GpuSize gpu) =>
        (2 * ClocksOfLaunch) + gpu.ClocksOfBytes(1.5 * sizeof(float) * numbers);

    private static Action<KernelConfig, EvaluatedImages, EvaluatedImages, EvaluatedGradients, EvaluatedFilters>
        LoadEvaluation<TMaps>(Device device)
        where TMaps : struct, IWinogradMaps =>
        device.Load<EvaluatedImages, EvaluatedImages, EvaluatedGradients, EvaluatedFilters>(
            WinogradEvaluation.EvaluateKernel<TMaps>);

    private static Action<KernelConfig, InterpolatedImages, InterpolatedFilters> LoadInterpolation<TMaps>(
        Device device)
        where TMaps : struct, IWinogradMaps =>
        device.Load<InterpolatedImages, InterpolatedFilters>(WinogradInterpolation.InterpolateKernel<TMaps>);

    private static bool IsSmall(int taps) => taps == WinogradMaps3x3.Taps;
}

/// <summary>A product of matrices for each point.</summary>
internal readonly record struct PointProduct(PointMatrices Left, PointMatrices Right, PointMatrices Target);
