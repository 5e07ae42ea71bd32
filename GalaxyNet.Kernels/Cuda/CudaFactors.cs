namespace GalaxyNet.Kernels;

/// <summary>What a launcher multiplies.</summary>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
/// <param name="Output">Where the product goes.</param>
/// <param name="Depth">The terms of its sums.</param>
/// <param name="Matrices">How many products there are.</param>
internal readonly record struct CudaFactors<TLeft, TRight>(
    TLeft Left, TRight Right, CudaOutput Output, int Depth, int Matrices = 1)
    where TLeft : struct
    where TRight : struct
{
    /// <summary>The extents.</summary>
    public ProductSize Size => new(Output.Rows, Output.ComputedColumns, Depth, Matrices);

    /// <summary>With the parts of a plan.</summary>
    public CudaWork<TLeft, TRight> CutBy(TilePlan plan, PartMemory memory) =>
        new(Left, Right, Output, CudaParts.Of(plan, Depth, memory), plan.Groups);
}
