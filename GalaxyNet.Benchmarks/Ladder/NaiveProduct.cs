using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// Rung 1: a thread computes one element of C, and reads a row of A and a column of B for it. The threads of a warp
/// take neighboring columns, so their reads of B are one piece of memory and those of A one word.
/// </summary>
internal static class NaiveProduct
{
    public const int TileRows = 8;
    public const int TileColumns = 32;

    [Kernel("ladder", Schedule.Gpu)]
    public static void Kernel(
        ArrayView<float> left, ArrayView<float> right, ArrayView<float> product, ProductExtents extents)
    {
        int row = (Grid.IdxY * TileRows) + (Group.IdxX / TileColumns);
        int column = (Grid.IdxX * TileColumns) + (Group.IdxX % TileColumns);
        if (row >= extents.Rows | column >= extents.Columns)
            return;
        float sum = 0f;
        for (int k = 0; k < extents.Depth; k++)
            sum += left[(row * extents.Depth) + k] * right[(k * extents.Columns) + column];
        product[(row * extents.Columns) + column] = sum;
    }
}
