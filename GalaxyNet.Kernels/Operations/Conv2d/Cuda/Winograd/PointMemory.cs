namespace GalaxyNet.Kernels;

/// <summary>Memory for <see cref="PointMatrices"/>, kept from call to call.</summary>
/// <param name="device">Where it is.</param>
/// <param name="points">The number of matrices.</param>
internal sealed class PointMemory(Device device, int points) : IDisposable
{
    private readonly Workspace<float> memory = new(device);

    /// <summary>Matrices with a column for each of so many tiles or channels, up to a multiple of four.</summary>
    public PointMatrices Matrices(int rows, int columns)
    {
        int rounded = PointMatrices.ColumnsFor(columns);
        return new PointMatrices(memory.AtLeast((long)points * rows * rounded), rows, rounded);
    }

    /// <summary>Several such sets of matrices, one after the other, with as many columns as are asked for.</summary>
    public PointMatrices Set(int index, int count, int rows, int columns)
    {
        long size = (long)points * rows * columns;
        return new PointMatrices(memory.AtLeast(count * size).SubView(index * size, size), rows, columns);
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();
}
