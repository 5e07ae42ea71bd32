using System.Globalization;
using System.Text.RegularExpressions;

namespace GalaxyNet.Benchmarks;

/// <summary>A loop of machine code (SASS) from its first instruction to its last, those that are skipped too.</summary>
/// <param name="Instructions">All of them.</param>
/// <param name="FloatMultiplyAdds">FFMA: multiply-adds of float32.</param>
/// <param name="TensorProducts">HMMA: products of tensor cores.</param>
/// <param name="AsyncCopies">LDGSTS: copies from memory to shared memory.</param>
/// <param name="SharedLoads">LDS.</param>
/// <param name="GlobalLoads">LDG, and LD, which may read any memory but is used for this one.</param>
/// <param name="LocalAccesses">LDL and STL: registers that were spilled inside the loop.</param>
/// <param name="Reciprocals">
/// MUFU, which in a product only an integer division needs, beside some twenty other instructions.
/// </param>
internal sealed partial record MachineLoop(
    int Instructions,
    int FloatMultiplyAdds,
    int TensorProducts,
    int AsyncCopies,
    int SharedLoads,
    int GlobalLoads,
    int LocalAccesses,
    int Reciprocals)
{
    /// <summary>Multiply-adds of a thread, with its share of those of tensor cores.</summary>
    public int MultiplyAdds => FloatMultiplyAdds + (PtxLoop.MultiplyAddsOfTensorProduct * TensorProducts);

    /// <summary>The multiply-adds for each instruction: at most one without tensor cores.</summary>
    public double MultiplyAddShare => (double)MultiplyAdds / Instructions;

    /// <summary>
    /// The loop with the most multiply-adds in what <c>cuobjdump -sass</c> prints. Of equals it is the one with the
    /// most instructions: the outer one, which also brings the next slice, and the slower one of two products. Null
    /// without a loop.
    /// </summary>
    public static MachineLoop? HottestOf(string sass)
    {
        var code = InstructionLines().Matches(sass).Select(Instruction.Of).ToList();
        var places = code.Index().ToDictionary(each => each.Item.Address, each => each.Index);
        return code.Index()
            .Where(each => each.Item.Target < each.Item.Address && places.ContainsKey(each.Item.Target.Value))
            .Select(each => Of(code[places[each.Item.Target!.Value]..(each.Index + 1)]))
            .MaxBy(loop => (loop.MultiplyAdds, loop.Instructions));
    }

    private static MachineLoop Of(List<Instruction> body)
    {
        return new MachineLoop(
            body.Count,
            Count("FFMA"),
            Count("HMMA"),
            Count("LDGSTS"),
            Count("LDS"),
            Count("LDG", "LD"),
            Count("LDL", "STL"),
            Count("MUFU"));

        int Count(params string[] operations) => body.Count(each => operations.Contains(each.Operation));
    }

    [GeneratedRegex(@"^\s+/\*([0-9a-f]{4,5})\*/\s+(.*?);", RegexOptions.Multiline)]
    private static partial Regex InstructionLines();

    [GeneratedRegex(@"^(?:@!?U?P\w+\s+)?(\w+)")]
    private static partial Regex Operations();

    [GeneratedRegex(@"\bBRA\b.*?0x([0-9a-f]+)")]
    private static partial Regex Branches();

    /// <param name="Address">Its place in the code, in bytes.</param>
    /// <param name="Operation">Its name without suffixes.</param>
    /// <param name="Target">Where it branches to; null if it does not.</param>
    private sealed record Instruction(int Address, string Operation, int? Target)
    {
        public static Instruction Of(Match line)
        {
            string text = line.Groups[2].Value;
            var branch = Branches().Match(text);
            return new Instruction(
                Hexadecimal(line.Groups[1].Value),
                Operations().Match(text).Groups[1].Value,
                branch.Success ? Hexadecimal(branch.Groups[1].Value) : null);
        }

        private static int Hexadecimal(string digits) =>
            int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
