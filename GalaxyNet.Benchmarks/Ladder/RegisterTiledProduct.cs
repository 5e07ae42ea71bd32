using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// Rung 3: a thread computes 8x8 elements of a 128x128 tile in registers. Of every depth it reads 8 numbers of A and 8
/// of B from shared memory and multiplies each with each: 16 reads for 64 multiply-adds, where rung 2 needs 128.
/// </summary>
/// <remarks>
/// Its rows and columns lie 16 apart, so that neighboring threads read neighboring words. The slice of A is transposed
/// on its way to shared memory: there the 8 threads that read along a row of A write to one bank, one after the other.
/// </remarks>
internal static class RegisterTiledProduct
{
    public const int Side = 128;

    private const int Depth = 8;
    private const int ThreadsAcross = 16;

    [Kernel("ladder", Schedule.Gpu)]
    public static void Kernel(
        ArrayView<float> left, ArrayView<float> right, ArrayView<float> product, ProductExtents extents)
    {
        var leftSlice = SharedMemory.Allocate<float>(Depth * Side);
        var rightSlice = SharedMemory.Allocate<float>(Depth * Side);
        int firstRow = Grid.IdxY * Side;
        int firstColumn = Grid.IdxX * Side;
        int rowInTile = Group.IdxX / ThreadsAcross;
        int columnInTile = Group.IdxX % ThreadsAcross;
        var sums = default(RegisterTile);
        for (int start = 0; start < extents.Depth; start += Depth)
        {
            for (int i = Group.IdxX; i < Depth * Side; i += Rung.Threads)
            {
                int row = firstRow + (i / Depth);
                int leftDepth = start + (i % Depth);
                leftSlice[(i % Depth * Side) + (i / Depth)] = row < extents.Rows & leftDepth < extents.Depth
                    ? left[(row * extents.Depth) + leftDepth] : 0f;
                int rightDepth = start + (i / Side);
                int column = firstColumn + (i % Side);
                rightSlice[i] = rightDepth < extents.Depth & column < extents.Columns
                    ? right[(rightDepth * extents.Columns) + column] : 0f;
            }
            Group.Barrier();
            for (int k = 0; k < Depth * Side; k += Side)
            {
                sums = sums.PlusProduct<Tile128x128>(
                    FourOf(leftSlice, k + rowInTile),
                    FourOf(leftSlice, k + rowInTile + (Side / 2)),
                    default,
                    FourOf(rightSlice, k + columnInTile),
                    FourOf(rightSlice, k + columnInTile + (Side / 2)));
            }
            Group.Barrier();
        }
        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j < 8; j++)
            {
                int row = firstRow + rowInTile + (i * ThreadsAcross);
                int column = firstColumn + columnInTile + (j * ThreadsAcross);
                if (row < extents.Rows & column < extents.Columns)
                    product[(row * extents.Columns) + column] = sums.RowOf(i, j / 4).At(j % 4);
            }
        }
    }

    private static Float4 FourOf(ArrayView<float> slice, int at) => new(
        slice[at], slice[at + ThreadsAcross], slice[at + (2 * ThreadsAcross)], slice[at + (3 * ThreadsAcross)]);
}
