namespace GalaxyNet.Benchmarks;

/// <summary>One kernel in the report.</summary>
/// <param name="Kernel">Which.</param>
/// <param name="Sm">What it was compiled for, such as 80.</param>
/// <param name="Report">What its assembly says; nothing of a processor's kernel, which has none.</param>
internal sealed record PtxEntry(MarkedKernel Kernel, int Sm, PtxReport Report)
{
    /// <summary><c>gpu</c>, <c>shared</c> or <c>cpu</c>.</summary>
    public string Schedule => Kernel.Attribute.Schedule.ToString().ToLowerInvariant();

    /// <summary>The loop where a bulk kernel spends its time; null for the others, which wait for memory.</summary>
    public PtxLoop? InnerLoop => Kernel.Attribute.Schedule == Kernels.Schedule.Gpu ? Report.InnermostLoops[0] : null;

    /// <summary>
    /// The least share of multiply-adds in all of a slice, without free instructions: in the inner loop, which is the
    /// slice, and in what brings the next one. Null where there is no inner loop.
    /// </summary>
    public double? SliceShare => InnerLoop?.MultiplyAddShareWithAround;

    /// <summary>The entry as <c>--json</c> prints it.</summary>
    public object ToJson() => new
    {
        Kernel = Kernel.ToString(),
        Kernel.Attribute.Operation,
        Schedule,
        Sm,
        Report.SharedBytes,
        Report.LocalBytes,
        Report.Barriers,
        InnerLoop = InnerLoop is not { } loop ? null : new
        {
            loop.Instructions,
            Fma = loop.MultiplyAdds,
            FmaShare = Math.Round(loop.MultiplyAddShare, 4),
            SharedBytesPerFma = Math.Round(loop.SharedBytesPerMultiplyAdd, 4),
        },
    };
}
