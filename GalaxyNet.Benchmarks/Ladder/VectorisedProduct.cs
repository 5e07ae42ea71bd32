using GalaxyNet.Kernels;
using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// Rung 4: as rung 3, with memory read and shared memory read 128 bits at a time, and padding against bank conflicts.
/// A thread has four blocks of 4x4, half a tile apart: 4 reads for 64 multiply-adds.
/// </summary>
internal static class VectorisedProduct
{
    public const int Side = SliceOfMatrices.Side;

    private const int Unrolled = 4;

    public static void Kernel(
        ArrayView<float> left, ArrayView<float> right, ArrayView<float> product, ProductExtents extents)
    {
        var leftSlice = SharedMemory.Allocate<Float4>(SliceOfMatrices.Words);
        var rightSlice = SharedMemory.Allocate<Float4>(SliceOfMatrices.Words);
        var place = ThreadPlace.Of<Tile128x128>();
        var sums = default(RegisterTile);
        for (int start = 0; start < extents.Depth; start += SliceOfMatrices.Depth)
        {
            SliceOfMatrices.Load(left, right, extents, start).Store(leftSlice, rightSlice, 0);
            Group.Barrier();
            sums = Multiply(sums, leftSlice, place.Row, rightSlice, place.Column);
            Group.Barrier();
        }
        Store(sums, product, extents, place);
    }

    /// <summary>Adds the product of two slices that start at a word, plus the thread's place in them.</summary>
    public static RegisterTile Multiply(
        RegisterTile sums, ArrayView<Float4> leftSlice, int leftWord, ArrayView<Float4> rightSlice, int rightWord)
    {
        for (int end = leftWord + SliceOfMatrices.Words; leftWord < end;)
        {
            var left = leftSlice.SubView(leftWord);
            var right = rightSlice.SubView(rightWord);
            sums = MultiplyOne(sums, left, right, 0);
            sums = MultiplyOne(sums, left, right, 1);
            sums = MultiplyOne(sums, left, right, 2);
            sums = MultiplyOne(sums, left, right, 3);
            leftWord += Unrolled * SliceOfMatrices.Stride;
            rightWord += Unrolled * SliceOfMatrices.Stride;
        }
        return sums;
    }

    /// <summary>Writes a thread's blocks to C.</summary>
    public static void Store(RegisterTile sums, ArrayView<float> product, ProductExtents extents, ThreadPlace place)
    {
        for (int i = 0; i < 16; i++)
        {
            int row = (Grid.IdxY * Side) + (4 * place.Row) + (i / 2 / 4 * (Side / 2)) + (i / 2 % 4);
            int column = (Grid.IdxX * Side) + (4 * place.Column) + (i % 2 * (Side / 2));
            StoreFour(sums.RowOf(i / 2, i % 2), product, extents, row, column);
        }
    }

    private static RegisterTile MultiplyOne(RegisterTile sums, ArrayView<Float4> left, ArrayView<Float4> right, int k) =>
        sums.PlusProduct<Tile128x128>(
            left[k * SliceOfMatrices.Stride],
            left[(k * SliceOfMatrices.Stride) + (Side / 8)],
            default,
            right[k * SliceOfMatrices.Stride],
            right[(k * SliceOfMatrices.Stride) + (Side / 8)]);

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
