namespace GalaxyNet.Kernels;

/// <summary>
/// The tile engine for NVIDIA's GPUs from the A100's generation on: a matrix product C = A B in which each group
/// computes one tile of C. The page beside this file explains it.
/// </summary>
/// <remarks>
/// A group walks through the depth slice by slice. While it multiplies one, asynchronous copies bring the next, or on
/// tensor cores the next two, to other stages of its shared memory: nothing that is on its way takes a register. What
/// happens between two barriers is assembly (<see cref="CudaTileRegisters"/>, <see cref="AsyncCopy"/>), and what
/// happens once is C#.
/// </remarks>
internal static class CudaProduct
{
    /// <summary>
    /// Group (x, y, z) computes tile (y, x) over the terms of a part; z counts the parts of each product.
    /// </summary>
    public static void Compute<TTile, TLeft, TLeftCopy, TRight, TRightCopy>(
        TLeft left, TRight right, CudaOutput output, CudaParts parts)
        where TTile : struct, ICudaTile
        where TLeft : struct, ICudaOperand<TLeftCopy>
        where TLeftCopy : struct, ICudaCopy<TLeftCopy>
        where TRight : struct, ICudaOperand<TRightCopy>
        where TRightCopy : struct, ICudaCopy<TRightCopy>
    {
        var shared = Begin<TTile>();
        Compute<TTile, TLeft, TLeftCopy, TRight, TRightCopy>(
            shared, left, right, output, parts, CudaPlace.OfGrid);
    }

    /// <summary>
    /// Computes what a group has to. Its place is kept in shared memory: the sums need the registers.
    /// </summary>
    public static void Compute<TTile, TLeft, TLeftCopy, TRight, TRightCopy>(
        ArrayView<Float4> shared, TLeft left, TRight right, CudaOutput output, CudaParts parts, CudaPlace place)
        where TTile : struct, ICudaTile
        where TLeft : struct, ICudaOperand<TLeftCopy>
        where TLeftCopy : struct, ICudaCopy<TLeftCopy>
        where TRight : struct, ICudaOperand<TRightCopy>
        where TRightCopy : struct, ICudaCopy<TRightCopy>
    {
        var kept = shared.SubView(CudaTile.FoursOfStages<TTile>(), 1).Cast<int>();
        if (Group.IsFirstThread)
            place.Keep(kept);
        Sum<TTile, TLeft, TLeftCopy, TRight, TRightCopy>(left, right, parts.At(place));
        CudaEpilogue.Store<TTile>(shared, output, parts.At(CudaPlace.Kept(kept)));
    }

    /// <summary>
    /// Prepares registers and shared memory: the slices, and four numbers that outlast them. It is all of the kernel's
    /// shared memory: the assembly knows it by the name that ILGPU gives to the first.
    /// </summary>
    public static ArrayView<Float4> Begin<TTile>()
        where TTile : struct, ICudaTile
    {
        var shared = CudaTile.UsesTensorCores<TTile>()
            ? SharedMemory.GetDynamic<Float4>()
            : SharedMemory.Allocate<Float4>(CudaTile.FoursOfShared<TTile>());
        CudaTileRegisters.Begin<TTile>();
        return shared;
    }

    private static void Sum<TTile, TLeft, TLeftCopy, TRight, TRightCopy>(TLeft left, TRight right, CudaParts parts)
        where TTile : struct, ICudaTile
        where TLeft : struct, ICudaOperand<TLeftCopy>
        where TLeftCopy : struct, ICudaCopy<TLeftCopy>
        where TRight : struct, ICudaOperand<TRightCopy>
        where TRightCopy : struct, ICudaCopy<TRightCopy>
    {
        var rows = TileLines.OfRows<TTile>(parts);
        var columns = TileLines.OfColumns<TTile>(parts);
        uint shared = CudaTileRegisters.Shared();
        int terms = parts.Terms;
        var copies = new CudaCopies<TLeftCopy, TRightCopy>(
            left.Begin(rows, parts.Start), right.Begin(columns, parts.Start));
        copies = copies.Bring(rows, columns, shared, terms);
        if (CudaTile.Stages<TTile>() == 3)
            copies = copies.Bring(
                rows, columns, shared + (uint)CudaTile.StageBytes<TTile>(), terms - CudaTile.Depth);

        // Of the slice that is multiplied, and of those that are on their way.
        int termsBefore = (CudaTile.Stages<TTile>() - 1) * CudaTile.Depth;
        var stages = CudaStages.First<TTile>(shared);
        while (terms > 0)
        {
            AsyncCopy.WaitForNext<TTile>();
            Group.Barrier();
            copies = copies.Bring(rows, columns, stages.Free, terms - termsBefore);
            CudaTileRegisters.MultiplySlice<TTile>(stages.Left, stages.Right);
            stages = stages.Next<TTile>(shared);
            terms -= CudaTile.Depth;
        }
    }
}
