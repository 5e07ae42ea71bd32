namespace GalaxyNet.Benchmarks;

/// <summary>A loop that contains no other.</summary>
/// <param name="Blocks">The loop's blocks.</param>
/// <param name="Header">The one of them where it is entered.</param>
/// <param name="Around">
/// The blocks of the loop around it, its own included; null without one, or with other loops in it.
/// </param>
internal sealed record PtxNest(HashSet<PtxBlock> Blocks, PtxBlock Header, HashSet<PtxBlock>? Around)
{
    /// <summary>The innermost loops of a kernel, the one with the most multiply-adds first.</summary>
    public static IEnumerable<PtxNest> HottestFirst(IReadOnlyList<PtxBlock> blocks) =>
        from nest in PtxBlock.InnermostLoops(blocks)
        let loop = PtxLoop.Of(nest)
        orderby loop.MultiplyAdds descending, loop.Instructions descending
        select nest;

    /// <summary>
    /// The blocks that one pass through the loop takes where it takes most instructions, free ones left out.
    /// </summary>
    public IReadOnlyList<PtxBlock> LongestWay()
    {
        var known = new Dictionary<PtxBlock, (int Instructions, PtxBlock? Next)>();
        var way = new List<PtxBlock>();
        Follow(Header);
        for (PtxBlock? block = Header; block is not null; block = known[block].Next)
            way.Add(block);
        return way;

        int Follow(PtxBlock block)
        {
            if (known.TryGetValue(block, out var found))
                return found.Instructions;
            var next = block.Next.Where(each => Blocks.Contains(each) && each != Header).MaxBy(Follow);
            int instructions = PtxLoop.Of([block]).Instructions + (next is null ? 0 : Follow(next));
            known.Add(block, (instructions, next));
            return instructions;
        }
    }
}
