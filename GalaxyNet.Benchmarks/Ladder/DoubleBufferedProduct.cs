using ILGPU;

namespace GalaxyNet.Benchmarks;

/// <summary>
/// Rung 5: as rung 4, with two slices of each matrix in shared memory. The next numbers are on their way from memory
/// while the threads multiply, and go to the other slice: one barrier for a slice instead of two, and no thread waits
/// for memory.
/// </summary>
internal static class DoubleBufferedProduct
{
    public const int Side = SliceOfMatrices.Side;

    [Kernel("ladder", Schedule.Gpu)]
    public static void Kernel(
        ArrayView<float> left, ArrayView<float> right, ArrayView<float> product, ProductExtents extents)
    {
        var leftSlices = SharedMemory.Allocate<Float4>(2 * SliceOfMatrices.Words);
        var rightSlices = SharedMemory.Allocate<Float4>(2 * SliceOfMatrices.Words);
        var position = ThreadPosition.Of<Tile128x128>();
        var sums = default(RegisterTile);
        int word = 0;
        SliceOfMatrices.Load(left, right, extents, 0).Store(leftSlices, rightSlices, word);
        Group.Barrier();
        for (int start = 0; start < extents.Depth; start += SliceOfMatrices.Depth)
        {
            var next = SliceOfMatrices.Load(left, right, extents, start + SliceOfMatrices.Depth);
            sums = VectorizedProduct.Multiply(sums, leftSlices, word, rightSlices, word, position);
            word = SliceOfMatrices.Words - word;
            next.Store(leftSlices, rightSlices, word);
            Group.Barrier();
        }
        VectorizedProduct.Store(sums, product, extents, position);
    }
}
