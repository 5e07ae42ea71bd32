using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>
/// The tile engine: a matrix product C = A B in which each group computes one tile of C.
/// </summary>
/// <remarks>
/// A group walks through the depth in steps of <see cref="Depth"/>. A slice of A and one of B are in shared memory, the next two
/// are on their way in registers while the threads multiply, and go to the other half of the shared memory
/// (double buffering: one barrier a step).
///
/// In shared memory a slice lies depth by depth, padded by four floats: so a thread reads four rows or columns at once, and the
/// threads of a warp that store a slice depth by depth find 32 different banks.
///
/// Loops are not unrolled by ILGPU and arrays are not kept in registers, so a thread's numbers are structs.
/// </remarks>
internal static class TileProduct
{
    /// <summary>Terms of the sum in a slice.</summary>
    public const int Depth = 8;

    // Terms that one pass of the inner loop adds: half a slice, so that the loop stays a loop and its machine code small.
    private const int Unrolled = 4;

    /// <summary>How often the inner loop's code runs for a slice.</summary>
    public const int PassesOverSlice = Depth / Unrolled;

    /// <summary>The threads of a group.</summary>
    public static int Threads<TTile>()
        where TTile : struct, ITile => TTile.Rows * TTile.Columns / (16 * TTile.RowBlocks * TTile.ColumnBlocks);

    /// <summary>128-bit words between neighbouring depths of a slice of so many lines: the padding is one word.</summary>
    public static int DepthStride(int lines) => (lines / 4) + 1;

    /// <summary>The body of most kernels: <see cref="Sum"/>, then <see cref="Store"/>.</summary>
    public static void Compute<TTile, TLeft, TRight>(TLeft left, TRight right, TileOutput output, int depth, int depthOfPart)
        where TTile : struct, ITile
        where TLeft : struct, IOperand
        where TRight : struct, IOperand =>
        Store<TTile>(Sum<TTile, TLeft, TRight>(left, right, depth, depthOfPart), output, ThreadPlace.Of<TTile>());

    /// <summary>
    /// The thread's numbers: group (x, y, z) computes tile (y, x) over <paramref name="depthOfPart"/> of the
    /// <paramref name="depth"/> terms, from z times that on. The operands are asked for elements past the depth, up to twice
    /// <see cref="Depth"/>: those must be zeros.
    /// </summary>
    public static RegisterTile Sum<TTile, TLeft, TRight>(TLeft left, TRight right, int depth, int depthOfPart)
        where TTile : struct, ITile
        where TLeft : struct, IOperand
        where TRight : struct, IOperand
    {
        var leftSlices = SharedMemory.Allocate<Float4>(2 * Depth * DepthStride(TTile.Rows));
        var rightSlices = SharedMemory.Allocate<Float4>(2 * Depth * DepthStride(TTile.Columns));
        var leftShare = new SliceShare<TLeft>(left, Grid.IdxY * TTile.Rows, TTile.Rows, Threads<TTile>());
        var rightShare = new SliceShare<TRight>(right, Grid.IdxX * TTile.Columns, TTile.Columns, Threads<TTile>());
        var place = ThreadPlace.Of<TTile>();

        int start = Grid.IdxZ * depthOfPart;
        leftShare.Store(leftSlices, 0, leftShare.Load(left, start));
        rightShare.Store(rightSlices, 0, rightShare.Load(right, start));
        Group.Barrier();

        var sums = default(RegisterTile);
        int half = 0;
        int end = IntrinsicMath.Min(start + depthOfPart, depth);
        for (int slice = start; slice < end; slice += Depth)
        {
            // After the last slice these read past the part, and nobody uses what they bring.
            var nextLeft = leftShare.Load(left, slice + Depth);
            var nextRight = rightShare.Load(right, slice + Depth);
            sums = Multiply<TTile>(
                leftSlices,
                (half * Depth * DepthStride(TTile.Rows)) + place.Row,
                rightSlices,
                (half * Depth * DepthStride(TTile.Columns)) + place.Column,
                sums);
            half = 1 - half;
            leftShare.Store(leftSlices, half * Depth * DepthStride(TTile.Rows), nextLeft);
            rightShare.Store(rightSlices, half * Depth * DepthStride(TTile.Columns), nextRight);
            Group.Barrier();
        }
        return sums;
    }

    private static RegisterTile Multiply<TTile>(
        ArrayView<Float4> leftSlices, int leftWord, ArrayView<Float4> rightSlices, int rightWord, RegisterTile sums)
        where TTile : struct, ITile
    {
        for (int end = leftWord + (Depth * DepthStride(TTile.Rows)); leftWord < end;)
        {
            var left = leftSlices.SubView(leftWord);
            var right = rightSlices.SubView(rightWord);
            sums = MultiplyOne<TTile>(left, right, 0, sums);
            sums = MultiplyOne<TTile>(left, right, 1, sums);
            sums = MultiplyOne<TTile>(left, right, 2, sums);
            sums = MultiplyOne<TTile>(left, right, 3, sums);
            leftWord += Unrolled * DepthStride(TTile.Rows);
            rightWord += Unrolled * DepthStride(TTile.Columns);
        }
        return sums;
    }

    private static RegisterTile MultiplyOne<TTile>(
        ArrayView<Float4> left, ArrayView<Float4> right, int k, RegisterTile sums)
        where TTile : struct, ITile
    {
        int leftWord = k * DepthStride(TTile.Rows);
        int rightWord = k * DepthStride(TTile.Columns);
        int down = ThreadPlace.ThreadsDown<TTile>();
        int across = ThreadPlace.ThreadsAcross<TTile>();
        return sums.PlusProduct<TTile>(
            left[leftWord],
            TTile.RowBlocks > 1 ? left[leftWord + down] : default,
            TTile.RowBlocks > 2 ? left[leftWord + (2 * down)] : default,
            right[rightWord],
            TTile.ColumnBlocks > 1 ? right[rightWord + across] : default);
    }

    /// <summary>Writes the thread's numbers to the product.</summary>
    public static void Store<TTile>(RegisterTile sums, TileOutput output, ThreadPlace place)
        where TTile : struct, ITile
    {
        int row = (Grid.IdxY * TTile.Rows) + (4 * place.Row);
        int column = (Grid.IdxX * TTile.Columns) + (4 * place.Column);
        int down = 4 * ThreadPlace.ThreadsDown<TTile>();
        int across = 4 * ThreadPlace.ThreadsAcross<TTile>();
        sums.Block00.Store(output, row, column, Grid.IdxZ);
        if (TTile.ColumnBlocks > 1)
            sums.Block01.Store(output, row, column + across, Grid.IdxZ);
        if (TTile.RowBlocks > 1)
            sums.Block10.Store(output, row + down, column, Grid.IdxZ);
        if (TTile.RowBlocks > 1 && TTile.ColumnBlocks > 1)
            sums.Block11.Store(output, row + down, column + across, Grid.IdxZ);
        if (TTile.RowBlocks > 2)
            sums.Block20.Store(output, row + (2 * down), column, Grid.IdxZ);
        if (TTile.RowBlocks > 2 && TTile.ColumnBlocks > 1)
            sums.Block21.Store(output, row + (2 * down), column + across, Grid.IdxZ);
    }
}
