namespace GalaxyNet.Kernels;

/// <summary>
/// The part of a loop over <c>length</c> items that the current thread takes:
/// <c>for (int i = range.Start; i &lt; range.End; i += range.Step)</c>.
/// </summary>
/// <remarks>
/// On a GPU neighboring threads take neighboring items, so that a warp's loads coalesce. On the CPU device, whose
/// groups have one thread, each thread takes one contiguous piece, so that it owns its cache lines.
/// </remarks>
internal readonly struct LoopRange(int start, int end, int step)
{
    /// <summary>The first item.</summary>
    public int Start { get; } = start;

    /// <summary>One past the last item.</summary>
    public int End { get; } = end;

    /// <summary>The distance from one item to the next.</summary>
    public int Step { get; } = step;

    /// <summary>The current thread's part of a loop over <paramref name="length"/> items. For kernels only.</summary>
    public static LoopRange Of(int length)
    {
        if (Group.DimX > 1)
            return new LoopRange(Grid.IdxX * Group.DimX + Group.IdxX, length, Grid.DimX * Group.DimX);
        int perThread = Rounding.CeilingDivide(length, Grid.DimX);
        int start = IntrinsicMath.Min(Grid.IdxX * perThread, length);
        return new LoopRange(start, IntrinsicMath.Min(start + perThread, length), 1);
    }
}
