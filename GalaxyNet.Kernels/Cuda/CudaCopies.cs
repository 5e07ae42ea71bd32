namespace GalaxyNet.Kernels;

/// <summary>A thread's share in bringing slices of both operands.</summary>
/// <param name="left">That in the left operand's next slice.</param>
/// <param name="right">That in the right operand's.</param>
internal readonly struct CudaCopies<TLeft, TRight>(TLeft left, TRight right)
    where TLeft : struct, ICudaCopy<TLeft>
    where TRight : struct, ICudaCopy<TRight>
{
    private readonly TLeft left = left;
    private readonly TRight right = right;

    /// <summary>Starts the copies for the next slice, if there is one.</summary>
    /// <param name="rows">The left operand's lines.</param>
    /// <param name="columns">The right operand's.</param>
    /// <param name="stage">Where the stage of the shared memory begins that the slice is for.</param>
    /// <param name="terms">Terms of the sum from the slice's first depth on; none or less after the last.</param>
    /// <returns>The share in the slice after it.</returns>
    public CudaCopies<TLeft, TRight> Bring(TileLines rows, TileLines columns, uint stage, int terms)
    {
        if (terms > 0)
        {
            left.Bring(rows, stage, terms);
            right.Bring(columns, stage, terms);
        }
        AsyncCopy.Commit();
        return new CudaCopies<TLeft, TRight>(left.Next(), right.Next());
    }
}
