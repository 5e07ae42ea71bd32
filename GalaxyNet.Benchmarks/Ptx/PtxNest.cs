namespace GalaxyNet.Benchmarks;

/// <summary>A loop, and the loop around it.</summary>
/// <param name="Blocks">The loop's blocks.</param>
/// <param name="Around">
/// The blocks of the loop around it, its own included; null without one, or with other loops in it.
/// </param>
/// <param name="Header">Where the loop around it begins.</param>
internal sealed record PtxNest(HashSet<PtxBlock> Blocks, HashSet<PtxBlock>? Around, PtxBlock? Header)
{
    /// <summary>A loop with no loop around it, or with others beside it.</summary>
    public static PtxNest Alone(HashSet<PtxBlock> blocks) => new(blocks, null, null);

    /// <summary>The innermost loops of a kernel, the one with the most multiply-adds first.</summary>
    public static IEnumerable<PtxNest> HottestFirst(IReadOnlyList<PtxBlock> blocks) =>
        from nest in PtxBlock.InnermostLoops(blocks)
        let loop = PtxLoop.Of([.. nest.Blocks])
        orderby loop.MultiplyAdds descending, loop.Instructions descending
        select nest;

    /// <summary>
    /// The most instructions, without free ones, that one pass through the loop around it takes outside this loop:
    /// those of the longest way, where branches part. Zero where no loop is around it.
    /// </summary>
    public int InstructionsAround()
    {
        if (Around is null)
            return 0;
        var longest = new Dictionary<PtxBlock, int>();
        return Longest(Header!);

        static int CostlyOf(PtxBlock block)
        {
            var passed = PtxLoop.Of([block]);
            return passed.Instructions - passed.FreeInstructions;
        }

        int Longest(PtxBlock block)
        {
            if (longest.TryGetValue(block, out int known))
                return known;
            var passed = Blocks.Contains(block) ? Blocks : [block];
            int after = passed.SelectMany(each => each.Next)
                .Where(next => Around.Contains(next) && next != Header && !passed.Contains(next))
                .Distinct()
                .Select(Longest)
                .DefaultIfEmpty()
                .Max();
            return longest[block] = after + (Blocks.Contains(block) ? 0 : CostlyOf(block));
        }
    }
}
