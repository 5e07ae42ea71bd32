using System.Globalization;

namespace GalaxyNet.Benchmarks;

/// <summary>The tables that <c>ptx</c> prints of all kernels.</summary>
internal static class PtxTables
{
    /// <summary>Writes them.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="entries">The kernels.</param>
    public static void Show(Terminal terminal, IReadOnlyList<PtxEntry> entries)
    {
        terminal.WriteLine(Compiled(entries[0]));
        ShowKernels(terminal, entries);
        ShowLoops(terminal, entries);
        if (entries[0].MachineCode is not null)
            ShowMachineCode(terminal, entries);
    }

    private static string Compiled(PtxEntry any) => any.Report.Target == $"sm_{any.Sm}"
        ? $"Compiled for sm_{any.Sm}."
        : $"""
            Compiled for sm_{any.Sm}, but the text asks for no more than {any.Report.Target}: ILGPU uses no newer
            instruction, and the driver compiles the text for the GPU at hand.
            """;

    private static void ShowKernels(Terminal terminal, IReadOnlyList<PtxEntry> entries)
    {
        terminal.WriteLine("""
            Every kernel, and its schedule: shared by all devices, or of a product by tiles, in C# (gpu) or in assembly
            (cuda). Bytes of shared memory of a group, and of local memory of a thread, which is slow; barriers, where a
            group waits for all its threads. Virtual registers by type: whole numbers and addresses (b16, b32, b64),
            floats (f32) and conditions (pred). How many real ones a thread needs, only NVIDIA's compiler knows: see
            --ptxas.
            """);
        string[] types = [.. entries.SelectMany(entry => entry.Report.Registers.Keys).Distinct().Order()];
        terminal.WriteTable(
            ["kernel", "schedule", " shared", " local", " barrier", .. types.Select(type => $" {type}")],
            entries.Select(entry => (string[])
            [
                entry.Kernel.Name,
                entry.Schedule,
                Text(entry.Report.SharedBytes),
                Text(entry.Report.LocalBytes),
                Text(entry.Report.Barriers),
                .. types.Select(type => Text(entry.Report.Registers.GetValueOrDefault(type))),
            ]));
    }

    private static void ShowLoops(Terminal terminal, IEnumerable<PtxEntry> entries)
    {
        terminal.WriteLine("""
            The innermost loop of the bulk kernels, for one thread: with tiles it multiplies a slice and brings the next
            one. FMAs (a mul and the add that alone uses it count as one, an mma of tensor cores as 32), their share of
            all its instructions by the longest way, without moves and products of constants, which cost nothing on a
            GPU, and the bytes of shared memory that are read for an FMA. Last all instructions, the free ones too:
            """);
        terminal.WriteTable(
            ["kernel", " FMAs", " share", " bytes/FMA", "instructions"],
            from entry in entries
            let loop = entry.InnerLoop
            where loop is not null
            select new[]
            {
                entry.Kernel.Name,
                Text(loop.MultiplyAdds),
                Text(loop.MultiplyAddShare),
                loop.SharedBytesPerMultiplyAdd.ToString("F2", CultureInfo.InvariantCulture),
                Counts(loop.Kinds),
            });
    }

    private static void ShowMachineCode(Terminal terminal, IEnumerable<PtxEntry> entries)
    {
        terminal.WriteLine("""
            What ptxas made of it: registers of a thread, bytes of them that it spilled to local memory, shared bytes of
            a group, and the warps that a multiprocessor has room for. Then the loop with the most FMAs, which in bulk
            kernels is a whole slice (nothing, where there is no cuobjdump beside ptxas): its instructions, FMAs by
            instructions as above, products of tensor cores (HMMA), copies to shared memory (LDGSTS), loads from shared
            memory (LDS) and from memory (LD), and what goes to and from local memory:
            """);
        terminal.WriteTable(
            [
                "kernel", " registers", " spilled", " shared", " warps",
                " loop", " FMAs", " HMMA", " LDGSTS", " LDS", " LD", " local",
            ],
            from entry in entries
            let code = entry.MachineCode!
            select (string[])
            [
                entry.Kernel.Name, Text(code.Registers), Text(code.SpilledBytes), Text(code.SharedBytes),
                Text(entry.WarpsInFlight!.Value), .. OfLoop(code.HottestLoop),
            ]);
    }

    private static string[] OfLoop(MachineLoop? loop) => loop is null ? ["", "", "", "", "", "", ""] :
    [
        Text(loop.Instructions), Text(loop.MultiplyAddShare), Text(loop.TensorProducts), Text(loop.AsyncCopies),
        Text(loop.SharedLoads), Text(loop.GlobalLoads), Text(loop.LocalAccesses),
    ];

    private static string Counts(IEnumerable<KeyValuePair<string, int>> counts) =>
        string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
}
