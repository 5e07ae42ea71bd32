using System.Text.RegularExpressions;

namespace GalaxyNet.Benchmarks;

/// <summary>An instruction of PTX: its name with all suffixes, and its operands, the target first.</summary>
/// <param name="Name">The name.</param>
/// <param name="Operands">The operands.</param>
/// <param name="Line">Which line of the text it is, from 0.</param>
internal sealed record PtxInstruction(string Name, IReadOnlyList<string> Operands, int Line)
{
    /// <summary>Whether the name starts so.</summary>
    public bool Is(string prefix) => Name.StartsWith(prefix, StringComparison.Ordinal);
}

/// <summary>A basic block: instructions that run one after the other, and the blocks that may follow.</summary>
internal sealed partial class PtxBlock
{
    private readonly List<PtxInstruction> instructions = [];
    private readonly List<string> targets = [];
    private string? label;
    private bool fallsThrough = true;

    /// <summary>The block's instructions, its branches included.</summary>
    public IReadOnlyList<PtxInstruction> Instructions => instructions;

    /// <summary>The blocks that may run next.</summary>
    public IReadOnlyList<PtxBlock> Next { get; private set; } = [];

    /// <summary>Reads the basic blocks of one kernel, the first one first.</summary>
    public static IReadOnlyList<PtxBlock> Read(string ptx)
    {
        var blocks = new List<PtxBlock> { new() };
        int bodyStart = ptx.AsSpan(0, ptx.IndexOf('{') + 1).Count('\n');
        foreach (var (i, line) in ptx.Split('\n').Select(line => line.Trim()).Index().Skip(bodyStart))
        {
            if (Label().Match(line) is { Success: true } found)
                blocks.Add(new PtxBlock { label = found.Groups[1].Value });
            else if (Instruction().Match(line) is { Success: true } match)
                Add(blocks, match, i);
        }
        var labeled = blocks.Where(block => block.label is not null).ToDictionary(block => block.label!);
        for (int i = 0; i < blocks.Count; i++)
        {
            var next = blocks[i].targets.Select(target => labeled[target]);
            blocks[i].Next = [.. blocks[i].fallsThrough && i + 1 < blocks.Count ? next.Append(blocks[i + 1]) : next];
        }
        return blocks;
    }

    /// <summary>The blocks that may run once one of <paramref name="blocks"/> has.</summary>
    public static HashSet<PtxBlock> After(IEnumerable<PtxBlock> blocks) => Reachable(blocks, block => block.Next);

    /// <summary>Each loop that contains no other loop, with the one around it.</summary>
    public static IReadOnlyList<PtxNest> InnermostLoops(IReadOnlyList<PtxBlock> blocks)
    {
        var loops = new Stack<PtxNest>(Cycles(blocks, [.. blocks]).Select(found => Nest(found, null)));
        var innermost = new List<PtxNest>();
        while (loops.TryPop(out var loop))
        {
            // Without the block where it is entered, only the loops inside are left of a loop.
            var inner = Cycles(blocks, [.. loop.Blocks.Where(block => block != loop.Header)]);
            if (inner.Count == 0)
                innermost.Add(loop);
            foreach (var found in inner)
                loops.Push(Nest(found, inner.Count == 1 ? loop.Blocks : null));
        }
        return innermost;

        PtxNest Nest(HashSet<PtxBlock> found, HashSet<PtxBlock>? around) => new(found, Header(blocks, found), around);
    }

    private static void Add(List<PtxBlock> blocks, Match match, int line)
    {
        var block = blocks[^1];
        string name = match.Groups[2].Value;
        string[] operands = match.Groups[3].Value
            .Split([',', ' ', '{', '}', '\t'], StringSplitOptions.RemoveEmptyEntries);
        block.instructions.Add(new PtxInstruction(name, operands.Length == 0 ? [""] : operands, line));
        bool branches = name.StartsWith("bra", StringComparison.Ordinal);
        if (branches)
            block.targets.Add(operands[0]);
        if (!branches && name != "ret")
            return;
        block.fallsThrough = match.Groups[1].Success;
        blocks.Add(new PtxBlock());
    }

    private static PtxBlock Header(IReadOnlyList<PtxBlock> blocks, HashSet<PtxBlock> component) =>
        blocks.Where(block => !component.Contains(block)).SelectMany(block => block.Next).First(component.Contains);

    /// <summary>The strongly connected parts of a set of blocks that contain a cycle.</summary>
    private static List<HashSet<PtxBlock>> Cycles(IReadOnlyList<PtxBlock> blocks, HashSet<PtxBlock> among)
    {
        var before = blocks.ToDictionary(block => block, _ => new List<PtxBlock>());
        foreach (var block in among)
            foreach (var next in block.Next.Where(among.Contains))
                before[next].Add(block);
        var found = new List<HashSet<PtxBlock>>();
        var left = new HashSet<PtxBlock>(among);
        foreach (var block in blocks.Where(among.Contains))
        {
            if (!left.Contains(block))
                continue;
            var component = Reachable([block], from => from.Next.Where(among.Contains));
            component.IntersectWith(Reachable([block], from => before[from]));
            left.ExceptWith(component);
            if (component.Count > 0)
                found.Add(component);
        }
        return found;
    }

    /// <summary>The blocks that one or more steps lead to.</summary>
    private static HashSet<PtxBlock> Reachable(
        IEnumerable<PtxBlock> start, Func<PtxBlock, IEnumerable<PtxBlock>> steps)
    {
        var reached = new HashSet<PtxBlock>();
        var open = new Stack<PtxBlock>(start);
        while (open.TryPop(out var block))
            foreach (var next in steps(block).Where(reached.Add))
                open.Push(next);
        return reached;
    }

    [GeneratedRegex(@"^(\w+):$")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(@!?%?\w+)?\s*([a-z][\w.]*)\s*(.*);$")]
    private static partial Regex Instruction();
}
