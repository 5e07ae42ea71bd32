namespace GalaxyNet.Kernels;

/// <summary>The plans of one kernel's products on a device, each made once.</summary>
/// <param name="device">Where they run.</param>
/// <param name="engine">What computes them, with the registers of the kernel.</param>
/// <param name="forced">A choice to make at every size, for tests; null for the best.</param>
internal sealed class TilePlanner(Device device, TileEngine engine, TileChoice? forced)
{
    private readonly Dictionary<ProductSize, TilePlan> plans = [];

    /// <summary>The engine.</summary>
    public TileEngine Engine => engine;

    /// <summary>How a product is cut.</summary>
    public TilePlan PlanFor(ProductSize size)
    {
        if (!plans.TryGetValue(size, out var plan))
        {
            plan = forced is null ? TilePlan.For(engine, size, GpuSize.Of(device)) : TilePlan.Of(forced, size);
            plans.Add(size, plan);
        }
        return plan;
    }

    /// <summary>The registers of a tile's kernel, and how many groups are to fit.</summary>
    public ILGPU.Runtime.KernelSpecialization SpecializationOf(Type tile) =>
        engine.Tiles.Single(each => each.Type == tile).Specialization;
}
