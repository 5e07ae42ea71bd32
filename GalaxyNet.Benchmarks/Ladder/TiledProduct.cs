using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// Rung 2: a group keeps a 16x16 slice of A and one of B in shared memory, so that each number is read from memory once
/// for 16 threads.
/// </summary>
internal static class TiledProduct
{
    public const int Side = 16;

    [Kernel("ladder", Schedule.Gpu)]
    public static void Kernel(
        ArrayView<float> left, ArrayView<float> right, ArrayView<float> product, ProductExtents extents)
    {
        var leftSlice = SharedMemory.Allocate<float>(Side * Side);
        var rightSlice = SharedMemory.Allocate<float>(Side * Side);
        int rowInTile = Group.IdxX / Side;
        int columnInTile = Group.IdxX % Side;
        int row = (Grid.IdxY * Side) + rowInTile;
        int column = (Grid.IdxX * Side) + columnInTile;
        float sum = 0f;
        for (int start = 0; start < extents.Depth; start += Side)
        {
            int leftDepth = start + columnInTile;
            int rightDepth = start + rowInTile;
            leftSlice[Group.IdxX] = row < extents.Rows & leftDepth < extents.Depth
                ? left[(row * extents.Depth) + leftDepth] : 0f;
            rightSlice[Group.IdxX] = rightDepth < extents.Depth & column < extents.Columns
                ? right[(rightDepth * extents.Columns) + column] : 0f;
            Group.Barrier();
            for (int k = 0; k < Side; k++)
                sum += leftSlice[(rowInTile * Side) + k] * rightSlice[(k * Side) + columnInTile];
            Group.Barrier();
        }
        if (row < extents.Rows & column < extents.Columns)
            product[(row * extents.Columns) + column] = sum;
    }
}
