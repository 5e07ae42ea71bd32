using System.Globalization;

namespace GalaxyNet.Benchmarks;

/// <summary>One pass through the body of a loop, the longest way where branches part.</summary>
/// <param name="MultiplyAdds">
/// FMAs: a mul.f32 and the add.f32 that alone uses it count as one, a product of tensor cores as a thread's share of
/// it.
/// </param>
/// <param name="Instructions">All instructions that cost something, each such pair as one.</param>
/// <param name="FreeInstructions">
/// Those besides that cost nothing: register moves, which the driver's compiler makes the same register, and products
/// of two constants, which it puts into the instruction that uses them.
/// </param>
/// <param name="SharedBytesRead">Bytes that a thread reads from shared memory.</param>
/// <param name="Kinds">The instructions by kind: <c>fma</c>, <c>ld.shared.v4</c>, <c>integer</c> and so on.</param>
internal sealed record PtxLoop(
    int MultiplyAdds,
    int Instructions,
    int FreeInstructions,
    int SharedBytesRead,
    IReadOnlyDictionary<string, int> Kinds)
{
    /// <summary>A thread's share of the multiply-adds of an mma.sync.m16n8k8.</summary>
    public const int MultiplyAddsOfTensorProduct = 16 * 8 * 8 / 32;

    private const string FusedMultiplyAdd = "fma";
    private const string TensorProduct = "mma";
    private const string Free = "move or constant";

    /// <summary>Products of tensor cores.</summary>
    public int TensorProducts => Kinds.GetValueOrDefault(TensorProduct);

    /// <summary>The multiply-adds for each instruction: at most one without tensor cores.</summary>
    public double MultiplyAddShare => (double)MultiplyAdds / Math.Max(Instructions, 1);

    /// <summary>Bytes of shared memory that a thread reads for each multiply-add.</summary>
    public double SharedBytesPerMultiplyAdd => (double)SharedBytesRead / Math.Max(MultiplyAdds, 1);

    /// <summary>Counts the instructions of a pass through a loop.</summary>
    public static PtxLoop Of(PtxNest nest) => Of(nest.LongestWay());

    /// <summary>Counts the instructions of blocks that run one after the other.</summary>
    public static PtxLoop Of(IReadOnlyList<PtxBlock> way)
    {
        var instructions = way.SelectMany(block => block.Instructions).ToList();
        var pairs = way.SelectMany(Pairs).ToList();
        var halves = pairs.SelectMany(pair => new[] { pair.Product, pair.Sum })
            .ToHashSet(ReferenceEqualityComparer.Instance);
        var kinds = instructions.Where(instruction => !halves.Contains(instruction)).Select(KindOf)
            .Concat(pairs.Select(_ => FusedMultiplyAdd))
            .CountBy(kind => kind)
            .OrderByDescending(kind => kind.Value)
            .ToDictionary();
        int free = kinds.GetValueOrDefault(Free);
        return new PtxLoop(
            kinds.GetValueOrDefault(FusedMultiplyAdd)
                + (MultiplyAddsOfTensorProduct * kinds.GetValueOrDefault(TensorProduct)),
            kinds.Values.Sum() - free,
            free,
            instructions.Sum(SharedBytesReadBy),
            kinds);
    }

    private static bool IsFree(PtxInstruction instruction) =>
        instruction.Is("mov.")
        || (instruction.Operands.Count > 1 && instruction.Operands.Skip(1).All(operand => char.IsDigit(operand[0])));

    private static IEnumerable<(PtxInstruction Product, PtxInstruction Sum)> Pairs(PtxBlock block)
    {
        for (int i = 0; i < block.Instructions.Count; i++)
        {
            if (block.Instructions[i] is not { Name: "mul.f32" } product)
                continue;
            var uses = block.Instructions.Skip(i + 1)
                .TakeWhile(later => later.Operands[0] != product.Operands[0])
                .Where(later => later.Operands.Skip(1).Contains(product.Operands[0]))
                .ToList();
            if (uses is [{ Name: "add.f32" } sum])
                yield return (product, sum);
        }
    }

    private static string KindOf(PtxInstruction instruction)
    {
        string name = instruction.Name;
        if (IsFree(instruction))
            return Free;
        if (instruction.Is("fma."))
            return FusedMultiplyAdd;
        if (instruction.Is("mma."))
            return TensorProduct;
        if (instruction.Is("ld.") || instruction.Is("st."))
            return name[..name.LastIndexOf('.')];
        if (instruction.Is("bra") || instruction.Is("bar"))
            return name.Split('.')[0];
        if (instruction.Is("setp.") || instruction.Is("selp."))
            return "compare or select";
        return name.EndsWith(".f32", StringComparison.Ordinal) || name.EndsWith(".f64", StringComparison.Ordinal)
            ? "other float"
            : "integer";
    }

    private static int SharedBytesReadBy(PtxInstruction instruction)
    {
        string name = instruction.Name;
        if (!instruction.Is("ld.") || !name.Contains(".shared.", StringComparison.Ordinal))
            return 0;
        int bits = int.Parse(name.AsSpan(name.LastIndexOf('.') + 2), CultureInfo.InvariantCulture);
        int count = instruction.Name.Contains(".v4.", StringComparison.Ordinal) ? 4
            : instruction.Name.Contains(".v2.", StringComparison.Ordinal) ? 2 : 1;
        return bits / 8 * count;
    }
}
