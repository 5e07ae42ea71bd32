using System.Globalization;
using System.Text.RegularExpressions;

namespace GalaxyNet.Benchmarks;

/// <summary>What NVIDIA's assembler made of a kernel: registers, memory and, if it could be read, the code.</summary>
/// <param name="Registers">Registers of a thread.</param>
/// <param name="SpilledBytes">What did not fit into them: written to local memory, and read again.</param>
/// <param name="SharedBytes">Shared memory of a group.</param>
internal sealed partial record MachineCode(int Registers, int SpilledBytes, int SharedBytes)
{
    /// <summary>The loop that multiplies most; null without a loop, or where the code could not be read.</summary>
    public MachineLoop? HottestLoop { get; init; }

    /// <summary>Reads what <c>ptxas -v</c> writes about one kernel; null if that is something else.</summary>
    public static MachineCode? Read(string log) =>
        RegisterCount().Match(log) is { Success: true } registers
            ? new MachineCode(Number(registers), Number(SpillStores().Match(log)), Number(SharedMemory().Match(log)))
            : null;

    private static int Number(Match match) =>
        match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex RegisterCount();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex SpillStores();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex SharedMemory();
}
