namespace GalaxyNet.Kernels;

/// <summary>
/// Launches the kernels of one product: chooses a tile, and splits the depth where the tiles alone do not fill the
/// device.
/// </summary>
/// <remarks>
/// The parts of a split sum go to a workspace and are added in order by a second kernel: the result does not depend on
/// which group finishes first, as it would with atomic additions.
/// </remarks>
internal sealed class TileLauncher<TKernel, TLeft, TRight> : IDisposable
    where TKernel : struct, ITileKernel<TLeft, TRight>
    where TLeft : struct, IOperand
    where TRight : struct, IOperand
{
    private readonly Device device;
    private readonly TilePlanner<ProductSize, TilePlan> planner;
    private readonly Dictionary<Type, Action<KernelConfig, TLeft, TRight, TileOutput, int, int>> kernels = [];
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, int, int> sumParts;
    private readonly Workspace<float> workspace;

    /// <summary>Prepares the launches.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="forced">A choice to make at every shape, for tests; null for the best.</param>
    public TileLauncher(Device device, TileChoice? forced)
    {
        this.device = device;
        planner = new(device, forced, (size, gpu) => TilePlan.For(TileEngine.CSharp, size, gpu), TilePlan.Of);
        workspace = new Workspace<float>(device);
        sumParts = device.Load<ArrayView<float>, ArrayView<float>, int, int>(SplitSum.Kernel);
        Add(TKernel.Kernel<Tile128x128>);
        Add(TKernel.Kernel<Tile96x128>);
        Add(TKernel.Kernel<Tile64x128>);
        Add(TKernel.Kernel<Tile64x64>);
        Add(TKernel.Kernel<Tile64x32>);
    }

    /// <summary>Computes a product whose sums have <paramref name="depth"/> terms.</summary>
    public void Run(TLeft left, TRight right, TileOutput output, int depth)
    {
        var plan = PlanFor(new ProductSize(output.Rows, output.Columns, depth));
        var config = new KernelConfig(
            new Index3D(plan.Across, plan.Down, plan.Parts), new Index3D(plan.Tile.Threads, 1, 1));
        var target = plan.Parts == 1 ? output : output.In(workspace.AtLeast((long)plan.Parts * output.Count));
        kernels[plan.Tile.Type](config, left, right, target, depth, plan.DepthOfPart);
        if (plan.Parts > 1)
            sumParts(device.Loop(output.Count), target.Data, output.Data, plan.Parts, output.AppliesRelu);
    }

    /// <summary>How <see cref="Run"/> cuts a product.</summary>
    public TilePlan PlanFor(ProductSize size) => planner.PlanFor(size);

    /// <inheritdoc/>
    public void Dispose() => workspace.Dispose();

    private void Add(Action<TLeft, TRight, TileOutput, int, int> kernel)
    {
        var type = kernel.Method.GetGenericArguments()[0];
        kernels.Add(type, device.Load(kernel, TileEngine.ShapeOf(type)!.Specialization));
    }
}

/// <summary>The kernel of one product, compiled for every tile: it calls <see cref="TileProduct.Compute"/>.</summary>
/// <remarks>One for each product, so that each carries a <see cref="KernelAttribute"/>.</remarks>
internal interface ITileKernel<TLeft, TRight>
    where TLeft : struct, IOperand
    where TRight : struct, IOperand
{
    /// <summary>Computes one tile of the product.</summary>
    static abstract void Kernel<TTile>(TLeft left, TRight right, TileOutput output, int depth, int depthOfPart)
        where TTile : struct, ITile;
}
