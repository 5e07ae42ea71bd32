namespace GalaxyNet.Kernels;

/// <summary>
/// Four integers of shared memory after the slices, which they do not overwrite: where shared memory begins, and the
/// place of a tile.
/// </summary>
internal static class CudaKept
{
    private const int IndexOfBase = 3;

    /// <summary>Stores where shared memory begins. All threads of the group must call it.</summary>
    public static void Begin<TTile>()
        where TTile : struct, ICudaTile
    {
        if (Group.IsFirstThread)
            CudaTileRegisters.StoreBase((uint)((16 * CudaTile.FoursOfStages<TTile>()) + (4 * IndexOfBase)));
        Group.Barrier();
    }

    /// <summary>Where shared memory begins, as the assembly addresses it.</summary>
    public static uint Base<TTile>(ArrayView<Float4> shared)
        where TTile : struct, ICudaTile => (uint)Numbers<TTile>(shared)[IndexOfBase];

    /// <summary>Keeps the place of a tile; for one thread.</summary>
    public static void Keep<TTile>(ArrayView<Float4> shared, CudaPlace place)
        where TTile : struct, ICudaTile
    {
        var numbers = Numbers<TTile>(shared);
        numbers[0] = place.Row;
        numbers[1] = place.Column;
        numbers[2] = place.Part;
    }

    /// <summary>The place that was kept, after a barrier.</summary>
    public static CudaPlace Place<TTile>(ArrayView<Float4> shared)
        where TTile : struct, ICudaTile
    {
        var numbers = Numbers<TTile>(shared);
        return new CudaPlace(numbers[0], numbers[1], numbers[2]);
    }

    private static ArrayView<int> Numbers<TTile>(ArrayView<Float4> shared)
        where TTile : struct, ICudaTile => shared.SubView(CudaTile.FoursOfStages<TTile>(), 1).Cast<int>();
}
