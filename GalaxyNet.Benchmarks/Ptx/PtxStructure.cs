namespace GalaxyNet.Benchmarks;

/// <summary>Where in a kernel a block is, as seen from its hottest loop.</summary>
internal enum PtxRegion
{
    /// <summary>On the way to the loop, or anywhere in a kernel without one.</summary>
    Before,

    /// <summary>In the loop.</summary>
    Loop,

    /// <summary>In the loop around it.</summary>
    Around,

    /// <summary>On the way from the loop to the kernel's end.</summary>
    After,
}

/// <summary>A kernel's blocks, arranged around its hottest loop.</summary>
internal sealed class PtxStructure
{
    // Through registers, or past them.
    private static readonly string[] Bringing = ["st.shared.", "cp.async."];

    private readonly HashSet<PtxBlock> after;

    /// <summary>Finds the loop.</summary>
    /// <param name="blocks">All blocks of the kernel.</param>
    public PtxStructure(IReadOnlyList<PtxBlock> blocks)
    {
        Nest = PtxNest.HottestFirst(blocks).FirstOrDefault();
        after = Nest is null ? [] : PtxBlock.After(Nest.Blocks);
        BringsSlices = Nest is not null
            && Contains(Nest.Blocks, "ld.shared.", "ld.volatile.shared.")
            && Contains(Nest.Around ?? Nest.Blocks, Bringing);
        IsDoubleBuffered = BringsSlices
            && Contains(blocks.Where(block => RegionOf(block) == PtxRegion.Before), Bringing);
    }

    /// <summary>The hottest loop; null without any.</summary>
    public PtxNest? Nest { get; }

    /// <summary>
    /// Whether it, or the loop around it, fills the shared memory that it reads, as in products by tiles.
    /// </summary>
    public bool BringsSlices { get; }

    /// <summary>Whether that is for the next pass, so that the first slice is there before.</summary>
    public bool IsDoubleBuffered { get; }

    /// <summary>Where a block is.</summary>
    public PtxRegion RegionOf(PtxBlock block) =>
        Nest is null ? PtxRegion.Before
        : Nest.Blocks.Contains(block) ? PtxRegion.Loop
        : Nest.Around?.Contains(block) == true ? PtxRegion.Around
        : after.Contains(block) ? PtxRegion.After
        : PtxRegion.Before;

    private static bool Contains(IEnumerable<PtxBlock> blocks, params string[] prefixes) =>
        blocks.SelectMany(block => block.Instructions).Any(instruction => prefixes.Any(instruction.Is));
}
