namespace GalaxyNet.Kernels;

/// <summary>
/// From the registers to the product: block by block of the threads' rows, through shared memory, so that a warp writes
/// whole rows and C# can see the numbers.
/// </summary>
internal static class CudaEpilogue
{
    /// <summary>
    /// Stores the group's tile, and the moments of its rows if they are asked for. Of a product in parts, only the last
    /// group of a tile stores that.
    /// </summary>
    /// <param name="shared">The shared memory, of which the slices are not needed any more.</param>
    /// <param name="output">Where the product goes.</param>
    /// <param name="parts">Where its parts go.</param>
    public static void Store<TTile>(ArrayView<Float4> shared, CudaOutput output, CudaParts parts)
        where TTile : struct, ICudaTile
    {
        output = output.OfMatrix(parts.Matrix);
        TakeBlock<TTile>(shared, output, parts, 0);
        TakeBlock<TTile>(shared, output, parts, 1);
        if (TTile.RowBlocks == 3)
            TakeBlock<TTile>(shared, output, parts, 2);
        if (parts.Count > 1)
            AddParts<TTile>(shared, output, parts);
    }

    private static void TakeBlock<TTile>(ArrayView<Float4> shared, CudaOutput output, CudaParts parts, int block)
        where TTile : struct, ICudaTile
    {
        ToShared<TTile>(block);
        if (parts.Count == 1)
            StoreRows<TTile>(shared, output, parts, block);
        else
            LeaveRows<TTile>(shared, parts, block);
    }

    private static void LeaveRows<TTile>(ArrayView<Float4> shared, CudaParts parts, int block)
        where TTile : struct, ICudaTile
    {
        for (int i = 0; i < RowsOfThread<TTile>.Count; i++)
            parts.OwnTile<TTile>()[RowsOfThread<TTile>.FourOfTile(block, i)] = shared[RowsOfThread<TTile>.Four(i)];
    }

    private static void AddParts<TTile>(ArrayView<Float4> shared, CudaOutput output, CudaParts parts)
        where TTile : struct, ICudaTile
    {
        if (parts.Arrive<TTile>(shared.Cast<int>().SubView(TTile.Columns)) == 0)
            return;
        for (int block = 0; block < TTile.RowBlocks; block++)
        {
            Group.Barrier();
            for (int i = 0; i < RowsOfThread<TTile>.Count; i += FourFours.Count)
                parts.SumOfClusters<TTile>(RowsOfThread<TTile>.FourOfTile(block, i), RowsOfThread<TTile>.FoursToNextRow)
                    .Store(shared, RowsOfThread<TTile>.Four(i), RowsOfThread<TTile>.PitchToNextRow);
            Group.Barrier();
            StoreRows<TTile>(shared, output, parts, block);
        }
    }

    private static void ToShared<TTile>(int block)
        where TTile : struct, ICudaTile
    {
        Group.Barrier();
        CudaTileRegisters.StoreBlock<TTile>(block, CudaPosition.Of<TTile>().InBlock<TTile>());
        Group.Barrier();
    }

    private static void StoreRows<TTile>(ArrayView<Float4> shared, CudaOutput output, CudaParts parts, int block)
        where TTile : struct, ICudaTile
    {
        int firstRow = (parts.Row * TTile.Rows) + (block * RowsOfThread<TTile>.RowsOfBlock);
        int column = (parts.Column * TTile.Columns) + RowsOfThread<TTile>.Column;
        for (int i = 0; i < RowsOfThread<TTile>.Count; i++)
        {
            int row = firstRow + RowsOfThread<TTile>.Row(i);
            var values = shared[RowsOfThread<TTile>.Four(i)];
            if (output.Pools != 0)
                output.StoreMaximum(row, column, values);
            else
                output.Store(row, column, values);
        }
        if (output.TakesMoments != 0)
            CudaMoments.Store<TTile>(shared, output, parts, firstRow);
    }
}
