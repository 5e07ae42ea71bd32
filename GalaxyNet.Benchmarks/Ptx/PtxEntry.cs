namespace GalaxyNet.Benchmarks;

/// <summary>One kernel in the report.</summary>
/// <param name="Kernel">Which.</param>
/// <param name="Sm">What it was compiled for, such as 80.</param>
/// <param name="Report">What its assembly says; nothing of a processor's kernel, which has none.</param>
internal sealed record PtxEntry(MarkedKernel Kernel, int Sm, PtxReport Report)
{
    /// <summary>What NVIDIA's assembler made of it; null where it was not asked.</summary>
    public MachineCode? MachineCode { get; init; }

    /// <summary><c>gpu</c>, <c>cuda</c>, <c>shared</c> or <c>cpu</c>.</summary>
    public string Schedule => Kernel.Attribute.Schedule.ToString().ToLowerInvariant();

    /// <summary>The loop where a bulk kernel spends its time; null for the others, which wait for memory.</summary>
    public PtxLoop? InnerLoop => Kernel.IsBulk ? Report.InnermostLoops[0] : null;

    /// <summary>
    /// The multiply-adds for each instruction of that loop, which in a product by tiles takes a slice and brings the
    /// next one: a share, but of tensor cores. Of the machine code where it is known, else by the PTX. Null where there
    /// is no such loop.
    /// </summary>
    public double? SliceShare =>
        InnerLoop is { } loop ? MachineCode?.HottestLoop?.MultiplyAddShare ?? loop.MultiplyAddShare : null;

    /// <summary>Warps of 32 threads on a multiprocessor at the same time; null where registers are not known.</summary>
    public int? WarpsInFlight => MachineCode is { } code
        ? Multiprocessor.Of(Sm).WarpsInFlight(Threads, code.Registers, code.SharedBytes)
        : null;

    /// <summary>The threads of a group, as the library launches it.</summary>
    private int Threads => Kernel.Specialization.MaxNumThreadsPerGroup
        ?? (Report.Barriers > 0 ? GroupSum.MaxGroupSize : Device.GpuGroupSize);

    /// <summary>The entry as <c>--json</c> prints it.</summary>
    public object ToJson() => new
    {
        Kernel = Kernel.Name,
        Kernel.Attribute.Operation,
        Schedule,
        Sm,
        Report.Target,
        Report.SharedBytes,
        Report.LocalBytes,
        Report.Barriers,
        InnerLoop = InnerLoop is not { } loop ? null : new
        {
            loop.Instructions,
            Fma = loop.MultiplyAdds,
            FmaShare = Math.Round(loop.MultiplyAddShare, 4),
            Mma = loop.TensorProducts,
            SharedBytesPerFma = Math.Round(loop.SharedBytesPerMultiplyAdd, 4),
        },
        MachineCode = MachineCode is not { } code ? null : new
        {
            code.Registers,
            code.SpilledBytes,
            code.SharedBytes,
            WarpsInFlight,
            HottestLoop = code.HottestLoop is not { } hottest ? null : new
            {
                hottest.Instructions,
                Fma = hottest.MultiplyAdds,
                FmaShare = Math.Round(hottest.MultiplyAddShare, 4),
                Hmma = hottest.TensorProducts,
                Ldgsts = hottest.AsyncCopies,
                hottest.SharedLoads,
                hottest.GlobalLoads,
                hottest.LocalAccesses,
            },
        },
    };
}
