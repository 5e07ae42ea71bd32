namespace GalaxyNet.Kernels;

/// <summary>The plans of one pass's products on a device, each made once.</summary>
/// <param name="device">Where they run.</param>
/// <param name="forced">A choice to make at every size, for tests; null for the best.</param>
/// <param name="best">Finds the best plan.</param>
internal sealed class TilePlanner(Device device, TileChoice? forced, Func<ProductSize, GpuSize, TilePlan> best)
{
    private readonly Dictionary<ProductSize, TilePlan> plans = [];

    /// <summary>How a product is cut.</summary>
    public TilePlan PlanFor(ProductSize size)
    {
        if (!plans.TryGetValue(size, out var plan))
        {
            plan = forced is null ? best(size, GpuSize.Of(device)) : TilePlan.Of(forced, size);
            plans.Add(size, plan);
        }
        return plan;
    }
}
