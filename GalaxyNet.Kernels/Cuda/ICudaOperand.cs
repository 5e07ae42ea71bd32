namespace GalaxyNet.Kernels;

/// <summary>
/// One of the two matrices of a product, as the CUDA engine brings it to shared memory. A line is a row of the left
/// matrix or a column of the right one; depth counts the terms of the sum. The matrix need not exist in memory: a
/// convolution's windows do not.
/// </summary>
/// <typeparam name="TCopy">What a thread keeps of it from slice to slice.</typeparam>
internal interface ICudaOperand<TCopy>
    where TCopy : struct, ICudaCopy<TCopy>
{
    /// <summary>The current thread's share in bringing a tile's lines.</summary>
    /// <param name="tile">Which lines, and the threads that share them.</param>
    /// <param name="start">The first depth.</param>
    TCopy Begin(TileLines tile, int start);
}

/// <summary>A thread's share in bringing one slice after the other.</summary>
internal interface ICudaCopy<TCopy>
    where TCopy : struct, ICudaCopy<TCopy>
{
    /// <summary>
    /// Starts the copies for a slice. What lies beyond the sum's end becomes zeros; what lies beyond the last line may
    /// become anything.
    /// </summary>
    /// <param name="tile">As at the beginning.</param>
    /// <param name="stage">Where the stage of the shared memory begins that the slice is for.</param>
    /// <param name="terms">Terms of the sum from the slice's first depth on; at least one.</param>
    void Bring(TileLines tile, uint stage, int terms);

    /// <summary>The share in the next slice.</summary>
    TCopy Next();
}
