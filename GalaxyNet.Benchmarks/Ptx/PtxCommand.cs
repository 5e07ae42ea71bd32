using System.CommandLine;
using System.Text;
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

    private readonly PathOption<string> output = new("--out", PathRole.OutputFolder)
    {
        Description = "A folder for the kernels' PTX, a file each, those of the benchmarks' own kernels too",
        HelpName = "DIR",
    };

    private readonly Option<string> show = new("--show")
    {
        Description = "Print the PTX of this kernel alone, with comments on what is what",
        HelpName = "KERNEL",
    };

    private readonly PathOption<string> ptxas = new("--ptxas", PathRole.Input)
    {
        Description = "NVIDIA's assembler, or the folder that has it, to see registers and machine code as well",
        HelpName = "PATH",
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
            that of the instructions of one pass through the innermost loop, which with tiles is a slice and all that
            brings the next one: the longest way, without moves and constants. The kernels of the CPU schedule are .NET
            methods with SIMD inside and have no PTX: --json lists them with zeros and null.
            Example: ptx --sm 90
            """)
    {
        this.terminal = terminal;
        sm.AcceptOnlyFromAmong([.. PtxTarget.Architectures.Select(Number)]);
        show.CompletionSources.Add([.. KernelsWithPtx.Select(kernel => kernel.Name)]);
        this.AddAll(sm, output, show, ptxas, json);
        Validators.Add(result =>
        {
            if (result.GetValue(show) is not null && (result.GetValue(output) is not null || result.GetValue(json)))
                result.AddError("--show prints one kernel: leave out --out and --json.");
        });
        SetAction(Run);
    }

    private static IEnumerable<MarkedKernel> KernelsWithPtx => MarkedKernel.OfGpus.Concat(MarkedKernel.OfBenchmarks);

    private static string Number(CudaArchitecture architecture) => $"{architecture.Major}{architecture.Minor}";

    private void Run(ParseResult result)
    {
        string number = result.GetRequiredValue(sm);
        var shown = result.GetValue(show) is { } name ? KernelNamed(name) : null;
        using var tools = result.GetValue(ptxas) is { } path ? CudaTools.At(path) : null;
        var architecture = PtxTarget.Architectures.Single(each => Number(each) == number);
        var survey = new PtxSurvey(architecture, tools);
        if (shown is not null)
        {
            var (entry, ptx) = survey.Of(shown);
            terminal.WriteLine(PtxComments.AddTo(entry, ptx));
            return;
        }
        string? folder = result.GetValue(output);
        var entries = Compile(MarkedKernel.OfGpus.Where(kernel => kernel.IsFor(architecture)), survey, folder);
        if (folder is not null)
        {
            int others = Compile(MarkedKernel.OfBenchmarks, survey, folder).Count;
            terminal.Log($"{entries.Count} kernels, and {others} of the benchmarks, are in {Path.GetFullPath(folder)}");
        }
        if (result.GetValue(json))
        {
            var processors = MarkedKernel.OfProcessors
                .Select(kernel => new PtxEntry(kernel, survey.Sm, PtxReport.Nothing));
            terminal.WriteJson(entries.Concat(processors).Select(entry => entry.ToJson()));
            return;
        }
        PtxTables.Show(terminal, entries);
        AttemptFourEstimate.Show(terminal, entries.ToDictionary(entry => entry.Kernel.Name));
    }

    /// <exception cref="UserErrorException">No kernel is called so.</exception>
    private static MarkedKernel KernelNamed(string name)
    {
        if (KernelsWithPtx.SingleOrDefault(kernel => kernel.Name == name) is { } found)
            return found;
        string nearest = NearestName.Of(name, KernelsWithPtx.Select(kernel => kernel.Name));
        throw new UserErrorException(
            $"--show {name}: no kernel is called so; the nearest is {nearest}, and ptx without --show lists all");
    }

    /// <summary>Compiles kernels, and writes their text to a folder if there is one.</summary>
    private List<PtxEntry> Compile(IEnumerable<MarkedKernel> kernels, PtxSurvey survey, string? folder)
    {
        var entries = new List<PtxEntry>();
        foreach (var kernel in kernels)
        {
            terminal.Cancellation.ThrowIfCancellationRequested();
            var (entry, ptx) = survey.Of(kernel);
            entries.Add(entry);
            if (folder is not null)
            {
                byte[] text = Encoding.UTF8.GetBytes(ptx);
                OutputFile.Write(Path.Combine(folder, $"{kernel.Name}.ptx"), file => file.Write(text));
            }
        }
        return entries;
    }
}
