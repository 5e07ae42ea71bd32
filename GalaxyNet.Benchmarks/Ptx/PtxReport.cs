using System.Globalization;
using System.Text.RegularExpressions;

namespace GalaxyNet.Benchmarks;

/// <summary>What the PTX text of one kernel says about its speed.</summary>
/// <param name="Target">What the text itself is for, such as <c>sm_80</c>.</param>
/// <param name="Registers">
/// Virtual registers by type (pred, b32, b64, f32, ...); how many real ones they need, the driver decides.
/// </param>
/// <param name="SharedBytes">Shared memory of a group.</param>
/// <param name="LocalBytes">Local memory of a thread: slow memory, where arrays and spilled structs go.</param>
/// <param name="Barriers">Barriers, where a group waits for all its threads.</param>
/// <param name="InnermostLoops">The loops that contain no other, the one with the most multiply-adds first.</param>
internal sealed partial record PtxReport(
    string? Target,
    IReadOnlyDictionary<string, int> Registers,
    int SharedBytes,
    int LocalBytes,
    int Barriers,
    IReadOnlyList<PtxLoop> InnermostLoops)
{
    /// <summary>That of a kernel without PTX.</summary>
    public static PtxReport Nothing { get; } = new(null, new Dictionary<string, int>(), 0, 0, 0, []);

    /// <summary>Reads the text of one kernel.</summary>
    public static PtxReport Read(string ptx)
    {
        var blocks = PtxBlock.Read(ptx);
        return new PtxReport(
            TargetLine().Match(ptx) is { Success: true } target ? target.Groups[1].Value : null,
            RegisterLines().Matches(ptx).ToDictionary(match => match.Groups[1].Value, match => Number(match.Groups[2])),
            BytesOf("shared"),
            BytesOf("local"),
            blocks.SelectMany(block => block.Instructions).Count(instruction => instruction.Is("bar.sync")),
            [.. PtxNest.HottestFirst(blocks).Select(PtxLoop.Of)]);

        int BytesOf(string memory) => ArrayLines().Matches(ptx)
            .Where(match => match.Groups[1].Value == memory).Sum(match => Number(match.Groups[2]));
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\.target (\w+)", RegexOptions.Multiline)]
    private static partial Regex TargetLine();

    [GeneratedRegex(@"\.reg \.(\w+)\s+%\w+<(\d+)>;")]
    private static partial Regex RegisterLines();

    [GeneratedRegex(@"^\s*\.(shared|local) .*\[(\d+)\];", RegexOptions.Multiline)]
    private static partial Regex ArrayLines();
}
