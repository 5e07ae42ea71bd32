namespace GalaxyNet.Kernels;

/// <summary>The plans of a launcher's products on a device, each made once.</summary>
/// <param name="device">Where they run.</param>
/// <param name="forced">A choice to make at every size, for tests; null for the best.</param>
/// <param name="best">Finds the best plan.</param>
/// <param name="of">Makes the plan of a choice.</param>
internal sealed class TilePlanner<TSize, TPlan>(
    Device device, TileChoice? forced, Func<TSize, GpuSize, TPlan> best, Func<TileChoice, TSize, TPlan> of)
    where TSize : notnull
{
    private readonly Dictionary<TSize, TPlan> plans = [];

    /// <summary>How products are cut.</summary>
    public TPlan PlanFor(TSize size)
    {
        if (!plans.TryGetValue(size, out var plan))
        {
            plan = forced is null ? best(size, GpuSize.Of(device)) : of(forced, size);
            plans.Add(size, plan);
        }
        return plan;
    }
}
