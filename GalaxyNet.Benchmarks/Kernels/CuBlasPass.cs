namespace GalaxyNet.Benchmarks;

/// <summary>
/// The products of a dense layer or a convolution by NVIDIA's cuBLAS, of the same extents and so the same number of
/// operations.
/// </summary>
/// <remarks>
/// A dense layer is these products. A convolution is them only where its windows lie in memory as a matrix, which takes
/// time and memory that are not counted here: what is shown for it is how fast such products can be, not a whole
/// convolution. The numbers are random, so a matrix stands for its transpose too.
/// </remarks>
internal sealed class CuBlasPass : IPreparedPass
{
    private readonly Device device;
    private readonly CuBlasProduct cuBlas;
    private readonly List<(Tensor Left, Tensor Right, Tensor Product, ProductExtents Extents)> products = [];

    /// <exception cref="InvalidOperationException">The device has no cuBLAS.</exception>
    public CuBlasPass(Device device, OperationCase operationCase, bool isBackward)
    {
        this.device = device;
        var (opened, whyNot) = CuBlasProduct.Open(device);
        cuBlas = opened ?? throw new InvalidOperationException(whyNot);
        foreach (var extents in Products(operationCase, isBackward))
            products.Add((
                Random(extents.Rows, extents.Depth, 1),
                Random(extents.Depth, extents.Columns, 2),
                device.Allocate([extents.Rows, extents.Columns]),
                extents));
        Run();
    }

    /// <summary>Whether an operation is matrix products at heart.</summary>
    public static bool CanCompute(OperationCase operationCase) => operationCase.Operation is "conv2d" or "dense";

    /// <summary>
    /// Forward y = w x, with w [outputs, taps] and x [taps, windows], or a dense layer's features and batch; backward
    /// dw = dy x^T and dx = w^T dy.
    /// </summary>
    public static IReadOnlyList<ProductExtents> Products(OperationCase operationCase, bool isBackward)
    {
        var weight = operationCase.Arguments[1].Shape;
        int outputs = weight[0];
        int taps = weight.Count / outputs;
        int windows = operationCase.OutputShape!.Count / outputs;
        return isBackward
            ? [new(outputs, taps, windows), new(taps, windows, outputs)]
            : [new(outputs, windows, taps)];
    }

    /// <summary>The work of the products, each matrix read or written once.</summary>
    public static Cost CostOf(OperationCase operationCase, bool isBackward)
    {
        var products = Products(operationCase, isBackward);
        return new Cost(
            products.Sum(each => 2.0 * each.Rows * each.Columns * each.Depth),
            products.Sum(each => sizeof(float) * each.Numbers));
    }

    /// <inheritdoc/>
    public void Run()
    {
        foreach (var (left, right, product, extents) in products)
            cuBlas.Multiply(left.Data, right.Data, product.Data, extents);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cuBlas.Dispose();
        foreach (var (left, right, product, _) in products)
        {
            left.Dispose();
            right.Dispose();
            product.Dispose();
        }
    }

    private Tensor Random(int rows, int columns, int seed)
    {
        Shape shape = [rows, columns];
        return device.Allocate(shape, Values.Uniform(shape, seed));
    }
}
