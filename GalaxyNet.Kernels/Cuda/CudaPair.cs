namespace GalaxyNet.Kernels;

/// <summary>
/// Two products in one launch, a group for each tile and part of either: where neither fills a GPU they fill it
/// together, and there is one launch less to wait for.
/// </summary>
internal static class CudaPair
{
    /// <summary>Groups are counted in one row, the first product's before the second's.</summary>
    public static void Compute<
        TTile, TLeft1, TLeftCopy1, TRight1, TRightCopy1, TLeft2, TLeftCopy2, TRight2, TRightCopy2>(
        CudaWork<TLeft1, TRight1> first, CudaWork<TLeft2, TRight2> second)
        where TTile : struct, ICudaTile
        where TLeft1 : struct, ICudaOperand<TLeftCopy1>
        where TLeftCopy1 : struct, ICudaCopy<TLeftCopy1>
        where TRight1 : struct, ICudaOperand<TRightCopy1>
        where TRightCopy1 : struct, ICudaCopy<TRightCopy1>
        where TLeft2 : struct, ICudaOperand<TLeftCopy2>
        where TLeftCopy2 : struct, ICudaCopy<TLeftCopy2>
        where TRight2 : struct, ICudaOperand<TRightCopy2>
        where TRightCopy2 : struct, ICudaCopy<TRightCopy2>
    {
        var shared = CudaProduct.Begin<TTile>();
        if (Grid.IdxX < first.Groups)
            CudaProduct.Compute<TTile, TLeft1, TLeftCopy1, TRight1, TRightCopy1>(
                shared, first.Left, first.Right, first.Output, first.Parts, first.PlaceOf(Grid.IdxX));
        else
            CudaProduct.Compute<TTile, TLeft2, TLeftCopy2, TRight2, TRightCopy2>(
                shared,
                second.Left,
                second.Right,
                second.Output,
                second.Parts,
                second.PlaceOf(Grid.IdxX - first.Groups));
    }
}

/// <summary>One of two products in a launch.</summary>
/// <param name="left">The left operand.</param>
/// <param name="right">The right operand.</param>
/// <param name="output">Where the product goes.</param>
/// <param name="parts">How it is cut.</param>
/// <param name="groups">How many groups compute it.</param>
internal readonly struct CudaWork<TLeft, TRight>(
    TLeft left, TRight right, CudaOutput output, CudaParts parts, int groups)
    where TLeft : struct
    where TRight : struct
{
    public readonly TLeft Left = left;
    public readonly TRight Right = right;
    public readonly CudaOutput Output = output;
    public readonly CudaParts Parts = parts;
    public readonly int Groups = groups;

    /// <summary>What one of the groups computes.</summary>
    public CudaPlace PlaceOf(int group) => CudaPlace.Of(group, Parts.Across, Parts.Down);
}

/// <summary>The kernel of two products, compiled for every tile: it calls <see cref="CudaPair"/>.</summary>
internal interface ICudaPairKernel<TLeft1, TRight1, TLeft2, TRight2>
    where TLeft1 : struct
    where TRight1 : struct
    where TLeft2 : struct
    where TRight2 : struct
{
    /// <summary>Computes a tile of one of them.</summary>
    static abstract void Kernel<TTile>(CudaWork<TLeft1, TRight1> first, CudaWork<TLeft2, TRight2> second)
        where TTile : struct, ICudaTile;
}
