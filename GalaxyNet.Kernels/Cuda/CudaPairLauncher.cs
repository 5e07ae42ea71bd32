using System.Reflection;

namespace GalaxyNet.Kernels;

/// <summary>
/// Launches the kernels of two products on the CUDA engine. Both have the tile with which they take the least time
/// together, and each the parts that are best for it with that.
/// </summary>
internal sealed class CudaPairLauncher<TKernel, TLeft1, TRight1, TLeft2, TRight2> : IDisposable
    where TKernel : struct, ICudaPairKernel<TLeft1, TRight1, TLeft2, TRight2>
    where TLeft1 : struct
    where TRight1 : struct
    where TLeft2 : struct
    where TRight2 : struct
{
    private static readonly MethodInfo Kernel =
        ((Delegate)TKernel.Kernel<CudaTile128x128>).Method.GetGenericMethodDefinition();

    private static readonly TileEngine Engine = TileEngine.Cuda.For(Kernel);

    private readonly Device device;
    private readonly TilePlanner<PairSize, PairPlan> planner;
    private readonly Dictionary<Type, Action<KernelConfig, CudaWork<TLeft1, TRight1>, CudaWork<TLeft2, TRight2>>>
        kernels = [];
    private readonly PartMemory firstParts;
    private readonly PartMemory secondParts;

    /// <summary>Prepares the launches.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="forced">A choice to make at every shape, for tests; null for the best.</param>
    public CudaPairLauncher(Device device, TileChoice? forced)
    {
        this.device = device;
        planner = new(device, forced, (size, gpu) => PairPlan.For(Engine, size, gpu), PairPlan.Of);
        firstParts = new PartMemory(device);
        secondParts = new PartMemory(device);
        foreach (var tile in Engine.Tiles)
            kernels.Add(tile.Type, Load(tile));
    }

    /// <summary>Clocks that they take on a GPU, by an estimate.</summary>
    public static double ClocksOf(PairSize size, GpuSize gpu) =>
        PairPlan.For(Engine, size, gpu).Clocks(size, gpu);

    /// <summary>Computes both, or the one that is given.</summary>
    public void Run(CudaFactors<TLeft1, TRight1>? first, CudaFactors<TLeft2, TRight2>? second)
    {
        var plan = PlanFor(new PairSize(first?.Size, second?.Size));
        var firstWork = first?.CutBy(plan.First!, firstParts) ?? default;
        var secondWork = second?.CutBy(plan.Second!, secondParts) ?? default;
        kernels[plan.Tile.Type](
            plan.Tile.Launch(new Index3D(firstWork.Groups + secondWork.Groups, 1, 1)), firstWork, secondWork);
    }

    /// <summary>How <see cref="Run"/> cuts products.</summary>
    public PairPlan PlanFor(PairSize size) => planner.PlanFor(size);

    /// <inheritdoc/>
    public void Dispose()
    {
        firstParts.Dispose();
        secondParts.Dispose();
    }

    private Action<KernelConfig, CudaWork<TLeft1, TRight1>, CudaWork<TLeft2, TRight2>> Load(TileShape tile)
    {
        var kernel = Kernel.MakeGenericMethod(tile.Type)
            .CreateDelegate<Action<CudaWork<TLeft1, TRight1>, CudaWork<TLeft2, TRight2>>>();
        return device.Load(kernel, tile.Specialization);
    }
}
