namespace GalaxyNet.Kernels;

/// <summary>
/// The tile engine: a matrix product C = A B in which each group computes one tile of C.
/// </summary>
/// <remarks>
/// A group walks through the depth in steps of <see cref="Depth"/>. A slice of A and one of B are in shared memory, the
/// next two are on their way in registers while the threads multiply, and go to the other half of the shared memory
/// (double buffering: one barrier a step).
///
/// How a slice lies in shared memory, <see cref="SliceLayout"/> says.
///
/// Loops are not unrolled by ILGPU and arrays are not kept in registers, so a thread's numbers are structs.
/// </remarks>
internal static class TileProduct
{
    /// <summary>Terms of the sum in a slice.</summary>
    public const int Depth = 8;

    /// <summary>Blocks of four columns that a thread computes.</summary>
    public const int ColumnBlocks = 2;

    /// <summary>The threads of a group.</summary>
    public static int Threads<TTile>()
        where TTile : struct, ITile => TTile.Rows * TTile.Columns / (16 * TTile.RowBlocks * ColumnBlocks);

    private static int LeftWords<TTile>()
        where TTile : struct, ITile => SliceLayout.Words(TTile.Rows, TTile.RowBlocks);

    private static int RightWords<TTile>()
        where TTile : struct, ITile => SliceLayout.Words(TTile.Columns, ColumnBlocks);

    /// <summary>
    /// The body of a kernel: group (x, y, z) computes tile (y, x) over <paramref name="depthOfPart"/> of the
    /// <paramref name="depth"/> terms, from z times that on. The operands are asked for elements past the depth, up to
    /// twice <see cref="Depth"/>: those must be zeros.
    /// </summary>
    public static void Compute<TTile, TLeft, TRight>(
        TLeft left, TRight right, TileOutput output, int depth, int depthOfPart)
        where TTile : struct, ITile
        where TLeft : struct, IOperand
        where TRight : struct, IOperand
    {
        int words = LeftWords<TTile>() + RightWords<TTile>();
        var slices = SharedMemory.Allocate<Float4>(2 * (LeftWords<TTile>() + RightWords<TTile>()));
        int threads = Threads<TTile>();
        var leftShare = new SliceShare<TLeft>(left, Grid.IdxY * TTile.Rows, TTile.Rows, TTile.RowBlocks, threads);
        var rightShare = new SliceShare<TRight>(right, Grid.IdxX * TTile.Columns, TTile.Columns, ColumnBlocks, threads);
        var position = ThreadPosition.Of<TTile>();

        int start = Grid.IdxZ * depthOfPart;
        leftShare.Store(slices, 0, leftShare.Load(left, start));
        rightShare.Store(slices, LeftWords<TTile>(), rightShare.Load(right, start));
        Group.Barrier();

        var sums = default(RegisterTile);
        int word = 0;
        int leftWord = position.Row * SliceLayout.Stride(TTile.RowBlocks);
        int rightWord = LeftWords<TTile>() + (position.Column * SliceLayout.Stride(ColumnBlocks));
        int end = IntrinsicMath.Min(start + depthOfPart, depth);
        for (int slice = start; slice < end; slice += Depth)
        {
            // After the last slice these read past the part, and what they bring is not used.
            var nextRight = rightShare.Load(right, slice + Depth);
            var nextLeft = leftShare.Load(left, slice + Depth);
            sums = Multiply<TTile>(slices, word + leftWord, word + rightWord, sums);
            word = words - word;
            rightShare.Store(slices, word + LeftWords<TTile>(), nextRight);
            leftShare.Store(slices, word, nextLeft);
            Group.Barrier();
        }
        Store<TTile>(sums, output);
    }

    /// <summary>
    /// Adds a slice. Written out: as a loop of one pass it would keep its branch, which costs registers.
    /// </summary>
    private static RegisterTile Multiply<TTile>(
        ArrayView<Float4> slices, int leftWord, int rightWord, RegisterTile sums)
        where TTile : struct, ITile
    {
        var left = slices.SubView(leftWord);
        var right = slices.SubView(rightWord);
        sums = MultiplyFour<TTile>(left, right, 0, sums);
        return MultiplyFour<TTile>(left, right, 4, sums);
    }

    private static RegisterTile MultiplyFour<TTile>(
        ArrayView<Float4> left, ArrayView<Float4> right, int depth, RegisterTile sums)
        where TTile : struct, ITile
    {
        int leftWord = SliceLayout.WordOfDepth(depth, TTile.RowBlocks);
        int rightWord = SliceLayout.WordOfDepth(depth, ColumnBlocks);
        var a = FourWords.At(left, leftWord);
        var b = FourWords.At(right, rightWord);
        if (TTile.RowBlocks > 2)
        {
            sums = sums.PlusProduct<TTile>(a.Word0, a.Word1, a.Word2, b.Word0, b.Word1);
            var next = FourWords.At(left, leftWord + 4);
            sums = sums.PlusProduct<TTile>(a.Word3, next.Word0, next.Word1, b.Word2, b.Word3);
            b = FourWords.At(right, rightWord + 4);
            a = FourWords.At(left, leftWord + 8);
            sums = sums.PlusProduct<TTile>(next.Word2, next.Word3, a.Word0, b.Word0, b.Word1);
            return sums.PlusProduct<TTile>(a.Word1, a.Word2, a.Word3, b.Word2, b.Word3);
        }
        sums = sums.PlusProduct<TTile>(a.Word0, a.Word1, default, b.Word0, b.Word1);
        sums = sums.PlusProduct<TTile>(a.Word2, a.Word3, default, b.Word2, b.Word3);
        b = FourWords.At(right, rightWord + 4);
        a = FourWords.At(left, leftWord + 4);
        sums = sums.PlusProduct<TTile>(a.Word0, a.Word1, default, b.Word0, b.Word1);
        return sums.PlusProduct<TTile>(a.Word2, a.Word3, default, b.Word2, b.Word3);
    }

    /// <summary>Writes the thread's numbers to the product.</summary>
    private static void Store<TTile>(RegisterTile sums, TileOutput output)
        where TTile : struct, ITile
    {
        var position = ThreadPosition.Of<TTile>(); // again: what was kept of it would take registers from the sums
        int row = (Grid.IdxY * TTile.Rows) + (4 * position.Row);
        int column = (Grid.IdxX * TTile.Columns) + (4 * position.Column);
        int down = 4 * ThreadPosition.ThreadsDown<TTile>();
        int across = 4 * ThreadPosition.ThreadsAcross<TTile>();
        sums.Block00.Store(output, row, column, Grid.IdxZ);
        sums.Block01.Store(output, row, column + across, Grid.IdxZ);
        sums.Block10.Store(output, row + down, column, Grid.IdxZ);
        sums.Block11.Store(output, row + down, column + across, Grid.IdxZ);
        if (TTile.RowBlocks > 2)
        {
            sums.Block20.Store(output, row + (2 * down), column, Grid.IdxZ);
            sums.Block21.Store(output, row + (2 * down), column + across, Grid.IdxZ);
        }
    }
}
