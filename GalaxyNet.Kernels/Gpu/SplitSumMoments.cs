namespace GalaxyNet.Kernels;

/// <summary>
/// Adds the parts of a product whose depth was split, as <see cref="SplitSum"/> does, and takes the
/// <see cref="Moments"/> of its rows on the way, as <see cref="TileMoments"/> does where the depth is whole.
/// </summary>
internal static class SplitSumMoments
{
    /// <summary>The columns of a block, which each row's moments are taken of; a multiple of four.</summary>
    public const int Columns = 1024;

    /// <summary>Blocks that cover so many columns.</summary>
    public static int Blocks(int columns) => Rounding.CeilingDivide(columns, Columns);

    /// <summary>
    /// Group x sums block x / rows of row x % rows and stores its moments. The sums and the moments are always added in
    /// the same order.
    /// </summary>
    [Kernel("conv2d", Schedule.Shared)]
    public static void Kernel(ArrayView<float> parts, TileOutput output, int partCount)
    {
        int row = Grid.IdxX % output.Rows;
        int start = Grid.IdxX / output.Rows * Columns;
        int end = IntrinsicMath.Min(start + Columns, output.Columns);
        var moments = default(Moments);
        for (int column = start + (4 * Group.IdxX); column < end; column += 4 * Group.DimX)
            moments = moments.Join(output.StoreSum(parts, partCount, row, column));
        moments = moments.JoinGroup();
        if (Group.IsFirstThread)
            output.StoreMoments(row, start / Columns, Blocks(output.Columns), moments);
    }
}
