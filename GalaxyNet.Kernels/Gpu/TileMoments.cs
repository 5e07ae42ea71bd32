namespace GalaxyNet.Kernels;

/// <summary>
/// The epilogue for batch normalization: the <see cref="Moments"/> of each row of a tile, taken while its numbers are
/// in registers. It saves reading the whole product again.
/// </summary>
/// <remarks>
/// Two sums over the threads side by side, in shared memory and always in the same order: first the mean of the row,
/// then the squared deviations from it. Tile x leaves those of row m at [m, x]; columns outside the product do not
/// count.
/// </remarks>
internal static class TileMoments
{
    /// <summary>Stores the moments of the current group's tile. All threads of the group must call it.</summary>
    public static void Store<TTile>(RegisterTile sums, TileOutput output, ThreadPosition position)
        where TTile : struct, ITile
    {
        int across = ThreadPosition.ThreadsAcross<TTile>();
        var rowSums = SharedMemory.Allocate<float>(TTile.Rows * ThreadPosition.ThreadsAcross<TTile>());
        var rowSquares = SharedMemory.Allocate<float>(TTile.Rows * ThreadPosition.ThreadsAcross<TTile>());
        int columns = IntrinsicMath.Min(TTile.Columns, output.Columns - (Grid.IdxX * TTile.Columns));
        for (int i = 0; i < 4 * TTile.RowBlocks; i++)
        {
            int row = RowOf<TTile>(position, i);
            rowSums[(row * across) + position.Column] = Squares<TTile>(sums, position, i, columns, 0f, 0);
        }
        Group.Barrier();
        for (int i = 0; i < 4 * TTile.RowBlocks; i++)
        {
            int row = RowOf<TTile>(position, i);
            float mean = Total(rowSums, row * across, across) / columns;
            rowSquares[(row * across) + position.Column] = Squares<TTile>(sums, position, i, columns, mean, 1);
        }
        Group.Barrier();
        if (position.Column != 0)
            return;
        for (int i = 0; i < 4 * TTile.RowBlocks; i++)
        {
            int row = RowOf<TTile>(position, i);
            float mean = Total(rowSums, row * across, across) / columns;
            output.StoreMoments((Grid.IdxY * TTile.Rows) + row, mean, Total(rowSquares, row * across, across));
        }
    }

    private static int RowOf<TTile>(ThreadPosition position, int i)
        where TTile : struct, ITile =>
        (i / 4 * 4 * ThreadPosition.ThreadsDown<TTile>()) + (4 * position.Row) + (i % 4);

    private static float Total(ArrayView<float> values, int start, int count)
    {
        float total = 0f;
        for (int i = start; i < start + count; i++)
            total += values[i];
        return total;
    }

    /// <summary>Of the thread's numbers of a row: the sum of squared distances from a mean, or the plain sum.</summary>
    private static float Squares<TTile>(
        RegisterTile sums, ThreadPosition position, int row, int columns, float mean, int squared)
        where TTile : struct, ITile
    {
        float total = 0f;
        for (int i = 0; i < 4 * TileProduct.ColumnBlocks; i++)
        {
            int column = (i / 4 * 4 * ThreadPosition.ThreadsAcross<TTile>()) + (4 * position.Column) + (i % 4);
            float value = sums.RowOf(row, i / 4).At(i % 4) - mean;
            if (column < columns)
                total += squared != 0 ? value * value : value;
        }
        return total;
    }
}
