namespace GalaxyNet.Kernels;

/// <summary>The launches of a fast convolution.</summary>
internal sealed class WinogradLaunches : IDisposable
{
    private const double ClocksOfLaunch = 5000;

    private readonly Device device;
    private readonly CudaLauncher<Conv2dCudaPoints, CudaDepths<FourFloats>, CudaDepths<FourFloats>> products;
    private readonly CudaLauncher<Conv2dCudaPointsBackwardWeight, CudaLines, CudaLines> weightProducts;
    private readonly Action<KernelConfig, EvaluatedImages, EvaluatedImages, EvaluatedGradients, EvaluatedFilters>
        evaluate;
    private readonly Action<KernelConfig, InterpolatedImages, InterpolatedFilters> interpolate;

    /// <summary>Prepares the launches for filters of so many taps along an axis.</summary>
    public WinogradLaunches(Device device, int taps, TileChoice? tile)
    {
        this.device = device;
        products = new(device, tile);
        weightProducts = new(device, tile);
        bool isSmall = taps == WinogradMaps3x3.Taps;
        int points = isSmall ? WinogradMaps3x3.Points : WinogradMaps5x5.Points;
        Points = points * points;
        evaluate = device.Load<EvaluatedImages, EvaluatedImages, EvaluatedGradients, EvaluatedFilters>(
            isSmall
                ? WinogradEvaluation.EvaluateKernel<WinogradMaps3x3>
                : WinogradEvaluation.EvaluateKernel<WinogradMaps5x5>);
        interpolate = device.Load<InterpolatedImages, InterpolatedFilters>(
            isSmall
                ? WinogradInterpolation.InterpolateKernel<WinogradMaps3x3>
                : WinogradInterpolation.InterpolateKernel<WinogradMaps5x5>);
    }

    /// <summary>Points of the plane.</summary>
    public int Points { get; }

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
    public void Multiply(PointMatrices filters, PointMatrices tiles, PointMatrices target) => products.Run(
        new(filters.Numbers.Address(), filters.Columns, hasOnes: 0, filters.MatrixSize),
        new(tiles.Numbers.Address(), tiles.Columns, hasOnes: 0, tiles.MatrixSize),
        CudaOutput.Matrices(target.Numbers, target.Rows, target.Columns),
        filters.Rows,
        Points);

    /// <summary>For each point, gradients times tiles, summed over so many tiles.</summary>
    public void MultiplyByTile(PointMatrices gradients, PointMatrices tiles, PointMatrices target, int count) =>
        weightProducts.Run(
            new(gradients.Numbers.Address(), gradients.Rows, gradients.Columns, gradients.MatrixSize),
            new(tiles.Numbers.Address(), tiles.Rows, tiles.Columns, tiles.MatrixSize),
            CudaOutput.Matrices(target.Numbers, target.Rows, target.Columns),
            count,
            Points);

    /// <summary>Makes of products at the points what is asked for; what is not takes no groups.</summary>
    public void Interpolate(InterpolatedImages images = default, InterpolatedFilters filters = default) =>
        interpolate(GroupSum.Launch(device, images.Groups + filters.Groups), images, filters);

    /// <summary>Clocks that <see cref="Multiply"/> takes with what makes and takes its matrices, by an estimate.</summary>
    public double ClocksOfProducts(int rows, int columns, int depth, GpuSize gpu)
    {
        var size = new ProductSize(rows, Rounding.RoundUp(columns, 4), depth, Points);
        return products.ClocksOf(size, gpu) + ClocksAround((long)columns * (rows + depth), gpu);
    }

    /// <summary>The same of <see cref="MultiplyByTile"/>.</summary>
    public double ClocksOfWeightProducts(int rows, int columns, int depth, GpuSize gpu) =>
        weightProducts.ClocksOf(new ProductSize(rows, columns, depth, Points), gpu)
        + ClocksAround((long)depth * (rows + columns), gpu);

    /// <inheritdoc/>
    public void Dispose()
    {
        products.Dispose();
        weightProducts.Dispose();
    }

    // Two launches more than a direct pass takes; each number of the matrices is written and read once, and what it is
    // made of, or makes, is half as much again.
    private double ClocksAround(long numbersOfPoint, GpuSize gpu) =>
        (2 * ClocksOfLaunch) + gpu.ClocksOfBytes(1.5 * sizeof(float) * Points * numbersOfPoint);
}
