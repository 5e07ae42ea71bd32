using System.Globalization;
using System.Text.RegularExpressions;

namespace GalaxyNet.Benchmarks;

/// <summary>What the PTX text of one kernel says about its speed.</summary>
/// <param name="Registers">
/// Virtual registers by type (pred, b32, b64, f32, ...); how many real ones they need, the driver decides.
/// </param>
/// <param name="SharedBytes">Shared memory of a group.</param>
/// <param name="LocalBytes">Local memory of a thread: slow memory, where arrays and spilled structs go.</param>
/// <param name="Barriers">Places where a group waits for all its threads.</param>
/// <param name="InnermostLoops">The loops that contain no other, the one with the most multiply-adds first.</param>
internal sealed partial record PtxReport(
    IReadOnlyDictionary<string, int> Registers,
    int SharedBytes,
    int LocalBytes,
    int Barriers,
    IReadOnlyList<PtxLoop> InnermostLoops)
{
    /// <summary>Reads the text of one kernel.</summary>
    public static PtxReport Read(string ptx)
    {
        var blocks = PtxBlock.Read(ptx);
        return new PtxReport(
            RegisterLines().Matches(ptx).ToDictionary(match => match.Groups[1].Value, match => Number(match.Groups[2])),
            ArrayLines().Matches(ptx).Where(match => match.Groups[1].Value == "shared").Sum(match => Number(match.Groups[2])),
            ArrayLines().Matches(ptx).Where(match => match.Groups[1].Value == "local").Sum(match => Number(match.Groups[2])),
            blocks.SelectMany(block => block.Instructions).Count(instruction => instruction.Is("bar.sync")),
            [.. PtxBlock.InnermostLoops(blocks).Select(PtxLoop.Of).OrderByDescending(loop => loop.MultiplyAdds)]);
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\.reg \.(\w+)\s+%\w+<(\d+)>;")]
    private static partial Regex RegisterLines();

    [GeneratedRegex(@"^\s*\.(shared|local) .*\[(\d+)\];", RegexOptions.Multiline)]
    private static partial Regex ArrayLines();
}

/// <summary>One pass through the body of a loop.</summary>
/// <param name="MultiplyAdds">Fused multiply-adds: a mul.f32 whose only use is an add.f32 counts with it as one.</param>
/// <param name="Instructions">
/// All instructions, each such pair as one. Register moves are left out: they join branches, and the driver removes them.
/// </param>
/// <param name="SharedBytesRead">Bytes that a thread reads from shared memory.</param>
internal sealed record PtxLoop(int MultiplyAdds, int Instructions, int SharedBytesRead)
{
    /// <summary>The part of the instructions that multiplies and adds, from 0 to 1.</summary>
    public double MultiplyAddShare => (double)MultiplyAdds / Math.Max(Instructions, 1);

    /// <summary>Bytes of shared memory that a thread reads for each multiply-add.</summary>
    public double SharedBytesPerMultiplyAdd => (double)SharedBytesRead / Math.Max(MultiplyAdds, 1);

    /// <summary>Counts the instructions of a loop's blocks.</summary>
    public static PtxLoop Of(IReadOnlyList<PtxBlock> body)
    {
        int multiplyAdds = body.Sum(MultiplyAddsIn);
        var instructions = body.SelectMany(block => block.Instructions).ToList();
        int fused = instructions.Count(instruction => instruction.Is("fma."));
        int moves = instructions.Count(instruction => instruction.Is("mov."));
        return new PtxLoop(
            multiplyAdds + fused, instructions.Count - moves - multiplyAdds, instructions.Sum(SharedBytesReadBy));
    }

    private static int MultiplyAddsIn(PtxBlock block)
    {
        int pairs = 0;
        for (int i = 0; i < block.Instructions.Count; i++)
        {
            if (block.Instructions[i] is not { Name: "mul.f32" } product)
                continue;
            var uses = block.Instructions.Skip(i + 1)
                .TakeWhile(later => later.Operands[0] != product.Operands[0])
                .Where(later => later.Operands.Skip(1).Contains(product.Operands[0]))
                .ToList();
            if (uses is [{ Name: "add.f32" }])
                pairs++;
        }
        return pairs;
    }

    private static int SharedBytesReadBy(PtxInstruction instruction)
    {
        if (!instruction.Is("ld.shared."))
            return 0;
        int bits = int.Parse(instruction.Name.AsSpan(instruction.Name.LastIndexOf('.') + 2), CultureInfo.InvariantCulture);
        int count = instruction.Name.Contains(".v4.", StringComparison.Ordinal) ? 4
            : instruction.Name.Contains(".v2.", StringComparison.Ordinal) ? 2 : 1;
        return bits / 8 * count;
    }
}
