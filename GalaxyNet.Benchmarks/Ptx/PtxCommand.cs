using System.CommandLine;
using System.Globalization;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary><c>ptx</c>: what the assembly of the kernels says about their speed on an NVIDIA GPU.</summary>
internal sealed class PtxCommand : Command
{
    private readonly Option<string> sm = new("--sm")
    {
        Description = "The architecture to compile for, by its compute capability",
        DefaultValueFactory = _ => "80",
    };

    private readonly Option<bool> json = new("--json")
    {
        Description = "Print a JSON array with an object for each kernel",
    };

    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public PtxCommand(Terminal terminal)
        : base(
            "ptx",
            """
            Compile every kernel for NVIDIA's GPUs, count its instructions, and estimate the speed of attempt 4's
            layers.
            This needs no GPU. An FMA is an fma, or a mul and the add that alone uses it, counted as one; its share is
            that of all instructions of the innermost loop. The kernels of the CPU schedule are .NET methods with SIMD
            inside and have no PTX: --json lists them with zeros and null.
            Example: ptx --sm 90
            """)
    {
        this.terminal = terminal;
        sm.AcceptOnlyFromAmong([.. PtxCompiler.Architectures.Select(Number)]);
        Add(sm);
        Add(json);
        SetAction(result => Run(result.GetRequiredValue(sm), result.GetValue(json)));
    }

    private static string Number(CudaArchitecture architecture) => $"{architecture.Major}{architecture.Minor}";

    private void Run(string number, bool asJson)
    {
        var architecture = PtxCompiler.Architectures.Single(known => Number(known) == number);
        var entries = new List<PtxEntry>();
        using (var compiler = new PtxCompiler(architecture))
        {
            foreach (var kernel in MarkedKernel.OfGpus)
            {
                terminal.Cancellation.ThrowIfCancellationRequested();
                var report = PtxReport.Read(compiler.Compile(kernel));
                entries.Add(new PtxEntry(kernel, int.Parse(number, CultureInfo.InvariantCulture), report));
            }
        }
        if (asJson)
        {
            var processors = MarkedKernel.OfProcessors
                .Select(kernel => new PtxEntry(kernel, entries[0].Sm, PtxReport.Nothing));
            terminal.WriteJson(entries.Concat(processors).Select(entry => entry.ToJson()));
            return;
        }
        ShowKernels(entries);
        ShowEstimates(entries.ToDictionary(entry => entry.Kernel.ToString()));
    }

    private void ShowKernels(List<PtxEntry> entries)
    {
        terminal.WriteTable(
            ["kernel", "operation", "schedule", " shared", " local", " barriers", "virtual registers"],
            entries.Select(entry => new[]
            {
                entry.Kernel.ToString(),
                entry.Kernel.Attribute.Operation,
                entry.Schedule,
                Text(entry.Report.SharedBytes),
                Text(entry.Report.LocalBytes),
                Text(entry.Report.Barriers),
                Counts(entry.Report.Registers),
            }));
        terminal.WriteLine("""
            The innermost loop of the bulk kernels, for one thread: FMAs (a mul and the add that alone uses it count as
            one), their share of all its instructions, and that without moves and products of constants, which cost
            nothing on a GPU. A slice is that loop and what brings the next slice, by the longest way, also without
            those:
            """);
        terminal.WriteTable(
            ["kernel", " FMAs", " share", " without moves", " of a slice", " shared bytes/FMA", "instructions"],
            from entry in entries
            let loop = entry.InnerLoop
            where loop is not null
            select new[]
            {
                entry.Kernel.ToString(),
                Text(loop.MultiplyAdds),
                loop.MultiplyAddShare.ToString("P1", CultureInfo.InvariantCulture),
                loop.MultiplyAddShareOfCostly.ToString("P1", CultureInfo.InvariantCulture),
                entry.SliceShare!.Value.ToString("P1", CultureInfo.InvariantCulture),
                loop.SharedBytesPerMultiplyAdd.ToString("F2", CultureInfo.InvariantCulture),
                Counts(loop.Kinds),
            });
    }

    private void ShowEstimates(Dictionary<string, PtxEntry> entries)
    {
        terminal.WriteLine("""
            An ESTIMATE, not a measurement: the microseconds of each layer of attempt 4 at batch 64 if nothing but one
            limit held it up: the FMA units (arithmetic), the instruction schedulers (issue), shared memory (shared), or
            memory. Issue counts all of a slice as PTX has it; the driver makes fewer instructions of it. Peaks and
            bandwidths are those of NVIDIA's data sheets; nothing below has run on these GPUs.
            """);
        AttemptFourEstimate.Show(terminal, entries);
    }

    private static string Counts(IEnumerable<KeyValuePair<string, int>> counts) =>
        string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
