using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// Rung 4: as rung 3, with memory read and shared memory read 128 bits at a time, and padding against bank conflicts.
/// A thread has four blocks of 4x4, half a tile apart: 4 reads for 64 multiply-adds.
/// </summary>
internal static class VectorizedProduct
{
    public const int Side = SliceOfMatrices.Side;

    [Kernel("ladder", Schedule.Gpu)]
    public static void Kernel(
        ArrayView<float> left, ArrayView<float> right, ArrayView<float> product, ProductExtents extents)
    {
        var leftSlice = SharedMemory.Allocate<Float4>(SliceOfMatrices.Words);
        var rightSlice = SharedMemory.Allocate<Float4>(SliceOfMatrices.Words);
        var position = ThreadPosition.Of<Tile128x128>();
        var sums = default(RegisterTile);
        for (int start = 0; start < extents.Depth; start += SliceOfMatrices.Depth)
        {
            SliceOfMatrices.Load(left, right, extents, start).Store(leftSlice, rightSlice, 0);
            Group.Barrier();
            sums = Multiply(sums, leftSlice, 0, rightSlice, 0, position);
            Group.Barrier();
        }
        Store(sums, product, extents, position);
    }

    /// <summary>Adds the product of two slices.</summary>
    public static RegisterTile Multiply(
        RegisterTile sums,
        ArrayView<Float4> leftSlice,
        int leftWord,
        ArrayView<Float4> rightSlice,
        int rightWord,
        ThreadPosition position)
    {
        var left = leftSlice.SubView(leftWord + (position.Row * SliceOfMatrices.Stride));
        var right = rightSlice.SubView(rightWord + (position.Column * SliceOfMatrices.Stride));
        sums = MultiplyTwo(sums, left, right, 0);
        sums = MultiplyTwo(sums, left, right, 2);
        sums = MultiplyTwo(sums, left, right, 4);
        return MultiplyTwo(sums, left, right, 6);
    }

    /// <summary>Writes a thread's blocks to C.</summary>
    public static void Store(
        RegisterTile sums, ArrayView<float> product, ProductExtents extents, ThreadPosition position)
    {
        for (int i = 0; i < 16; i++)
        {
            int row = (Grid.IdxY * Side) + (4 * position.Row) + (i / 2 / 4 * (Side / 2)) + (i / 2 % 4);
            int column = (Grid.IdxX * Side) + (4 * position.Column) + (i % 2 * (Side / 2));
            StoreFour(sums.RowOf(i / 2, i % 2), product, extents, row, column);
        }
    }

    private static RegisterTile MultiplyTwo(
        RegisterTile sums, ArrayView<Float4> left, ArrayView<Float4> right, int depth)
    {
        int word = SliceLayout.WordOfDepth(depth, SliceOfMatrices.Blocks);
        var a = FourWords.At(left, word);
        var b = FourWords.At(right, word);
        sums = sums.PlusProduct<Tile128x128>(a.Word0, a.Word1, default, b.Word0, b.Word1);
        return sums.PlusProduct<Tile128x128>(a.Word2, a.Word3, default, b.Word2, b.Word3);
    }

    private static void StoreFour(Float4 four, ArrayView<float> product, ProductExtents extents, int row, int column)
    {
        if (row >= extents.Rows | column >= extents.Columns)
            return;
        int at = (row * extents.Columns) + column;
        if (extents.Wide != 0)
        {
            product.Cast<Float4>()[at / 4] = four;
            return;
        }
        int count = IntrinsicMath.Min(4, extents.Columns - column);
        for (int i = 0; i < count; i++)
            product[at + i] = four.At(i);
    }
}
