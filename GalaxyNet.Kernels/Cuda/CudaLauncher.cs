using System.Reflection;

namespace GalaxyNet.Kernels;

/// <summary>Launches the kernels of one product on the CUDA engine, by the best plan.</summary>
internal sealed class CudaLauncher<TKernel, TLeft, TRight> : IDisposable
    where TKernel : struct, ICudaKernel<TLeft, TRight>
    where TLeft : struct
    where TRight : struct
{
    private static readonly MethodInfo Kernel =
        ((Delegate)TKernel.Kernel<CudaTile128x128>).Method.GetGenericMethodDefinition();

    private static readonly TileEngine Engine = TileEngine.Cuda.For(Kernel);

    private readonly Device device;
    private readonly TilePlanner<ProductSize, TilePlan> planner;
    private readonly Dictionary<Type, Action<KernelConfig, TLeft, TRight, CudaOutput, CudaParts>> kernels = [];
    private readonly PartMemory parts;

    /// <summary>Prepares the launches.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="forced">A choice to make at every shape, for tests; null for the best.</param>
    public CudaLauncher(Device device, TileChoice? forced)
    {
        this.device = device;
        planner = new(device, forced, (size, gpu) => TilePlan.For(Engine, size, gpu), TilePlan.Of);
        parts = new PartMemory(device);
        foreach (var tile in Engine.Tiles)
            kernels.Add(tile.Type, Load(tile));
    }

    /// <summary>Clocks that a product takes on a GPU, by an estimate.</summary>
    public static double ClocksOf(ProductSize size, GpuSize gpu) =>
        TilePlan.For(Engine, size, gpu).Clocks(size, gpu);

    /// <summary>Computes a product, or several of the same size.</summary>
    public void Run(CudaFactors<TLeft, TRight> factors)
    {
        var plan = PlanFor(factors.Size);
        var config = plan.Tile.Launch(new Index3D(plan.Across, plan.Down, plan.Matrices * plan.Parts));
        kernels[plan.Tile.Type](
            config, factors.Left, factors.Right, factors.Output, CudaParts.Of(plan, factors.Depth, parts));
    }

    /// <summary>How <see cref="Run"/> cuts a product.</summary>
    public TilePlan PlanFor(ProductSize size) => planner.PlanFor(size);

    /// <inheritdoc/>
    public void Dispose() => parts.Dispose();

    private Action<KernelConfig, TLeft, TRight, CudaOutput, CudaParts> Load(TileShape tile)
    {
        var kernel = Kernel.MakeGenericMethod(tile.Type).CreateDelegate<Action<TLeft, TRight, CudaOutput, CudaParts>>();
        return device.Load(kernel, tile.Specialization);
    }
}

/// <summary>The kernel of one product, compiled for every tile: it calls <see cref="CudaProduct"/>.</summary>
/// <remarks>One for each product, so that each carries a <see cref="KernelAttribute"/>.</remarks>
internal interface ICudaKernel<TLeft, TRight>
    where TLeft : struct
    where TRight : struct
{
    /// <summary>Computes one tile of the product.</summary>
    static abstract void Kernel<TTile>(TLeft left, TRight right, CudaOutput output, CudaParts parts)
        where TTile : struct, ICudaTile;
}
