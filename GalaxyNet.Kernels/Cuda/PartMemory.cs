namespace GalaxyNet.Kernels;

/// <summary>Memory for the parts of a product: see <see cref="CudaParts"/>.</summary>
internal sealed class PartMemory(Device device) : IDisposable
{
    private readonly Workspace<Float4> tiles = new(device);
    private readonly Workspace<int> arrivals = new(device);

    /// <summary>Room for tiles, in fours.</summary>
    public ArrayView<Float4> Tiles(long fours) => tiles.AtLeast(fours);

    /// <summary>Counts, all zeros but in a launch.</summary>
    public ArrayView<int> Arrivals(int counts) => arrivals.AtLeast(counts);

    /// <inheritdoc/>
    public void Dispose()
    {
        tiles.Dispose();
        arrivals.Dispose();
    }
}
