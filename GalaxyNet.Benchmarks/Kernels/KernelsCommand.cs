using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;
using Perfolizer.Metrology;

namespace GalaxyNet.Benchmarks;

/// <summary><c>kernels</c>: every operation forward and backward, held against what the device can do.</summary>
internal sealed class KernelsCommand : Command
{
    private static readonly CultureInfo WithoutThousandsSeparator =
        new("") { NumberFormat = { NumberGroupSeparator = "" } };

    private readonly Option<string> device = DeviceOption.Create();

    private readonly Option<string> filter = new("--filter")
    {
        Description = "Only what matches, such as \"conv2d*\" or \"*backward*\"",
        HelpName = "PATTERN",
        DefaultValueFactory = _ => "*",
    };

    private readonly Option<bool> isShort = new("--short")
    {
        Description = "A rough answer in under two minutes, with one size of the sweep instead of three",
    };

    private readonly PathOption<string> output = new("--out", PathRole.OutputFolder)
    {
        Description = "The folder for the tables (CSV, Markdown) and the roofline plot (PNG)",
        HelpName = "DIR",
        DefaultValueFactory = _ => "BenchmarkDotNet.Artifacts",
    };

    private readonly Option<bool> plans = new("--plans")
    {
        Description = "Instead, time every tile and split of attempt 4's products on a GPU, beside what the plan takes",
    };

    private readonly NumberOption<int> batch = new NumberOption<int>("--batch")
    {
        Description = "The images of --plans",
        HelpName = "N",
        DefaultValueFactory = _ => EstimatedPart.Batch,
    }.AtLeast(1);

    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public KernelsCommand(Terminal terminal)
        : base(
            "kernels",
            """
            Time every operation forward and backward at attempt 4's shapes and a sweep of sizes; on CUDA beside cuBLAS.
            With --plans time every tile and split of attempt 4's products on a GPU, to hold the plans against.
            Example: kernels --short --filter "conv2d*"
            """)
    {
        this.terminal = terminal;
        foreach (Option option in new Option[] { filter, device, isShort, plans, batch, output, json })
            Add(option);
        SetAction(Run);
    }

    private void Run(ParseResult result)
    {
        if (result.GetValue(plans))
            RunPlans(result);
        else
            RunPasses(result);
    }

    private void RunPlans(ParseResult result)
    {
        int images = result.GetValue(batch);
        string file = Path.Combine(CreateFolder(Path.GetFullPath(result.GetRequiredValue(output))), "plans.csv");
        // With every tile that there is.
        using var opened = Device.Open(
            DeviceOption.AddressOf(result.GetRequiredValue(device)), precision: Precision.TensorFloat32);
        var all = LayerProduct.OfAttemptFour(images, TileEngine.Of(opened));
        var products = Choose(result.GetRequiredValue(filter), all, product => product.Name, "products");
        if (opened.Schedule != Schedule.Gpu)
            throw new UserErrorException($"--plans: tiles and splits are a GPU's, and this is {opened.Name}");
        var timings = new PlanSweep(opened, images, result.GetValue(isShort), terminal).Time(products);
        byte[] table = Encoding.UTF8.GetBytes(string.Concat(timings.Select(each => string.Join(',', each.Cells))
            .Prepend(PlanTiming.Heading).Select(line => $"{line}\n")));
        OutputFile.Write(file, stream => stream.Write(table));
        if (result.GetValue(json))
            terminal.WriteJson(new { Device = opened.Name, opened.Multiprocessors, Plans = timings });
        else
            terminal.WriteTable(
                ["engine", "operation", " batch", "tile", " parts", " groups", " microseconds", " TFLOP/s", "chosen"],
                timings.Select(each => each.Cells));
        terminal.Log($"The table is in {file}");
    }

    private void RunPasses(ParseResult result)
    {
        long start = Stopwatch.GetTimestamp();
        var passes = Choose(
            result.GetRequiredValue(filter),
            [.. KernelPass.All.Where(pass => !result.GetValue(isShort) || pass.IsInShortMode)],
            pass => pass.ToString(),
            "passes");
        string folder = CreateFolder(Path.GetFullPath(result.GetRequiredValue(output)));
        using var opened = DeviceOption.Open(result.GetRequiredValue(device), terminal);
        RemoveWhatCannotRun(passes, opened);
        terminal.Log($"Measuring the peak of {opened.Name}, then {passes.Count} pass{(passes.Count == 1 ? "" : "es")}");
        var peaks = DevicePeaks.Measure(opened);
        KernelBenchmark.Device = opened;
        KernelBenchmark.Passes = passes;
        using var clock = opened.QueuesLaunches ? new DeviceClock(opened) : null;
        var job = JobOf(result.GetValue(isShort));
        if (clock is not null)
            job = job.WithClock(clock);
        var summary = BenchmarkRunner.Run<KernelBenchmark>(Configuration(folder, peaks, job));
        if (summary.HasCriticalValidationErrors)
            throw new UserErrorException(string.Join(' ', summary.ValidationErrors.Select(error => error.Message)));
        var results = summary.BenchmarksCases
            .Select(each => KernelResult.Of(summary, each, peaks)).OfType<KernelResult>().ToList();
        if (result.GetValue(json))
            WriteJson(results, peaks, opened);
        else
            Show(results, peaks, opened);
        if (results.Count > 0)
            RooflineFigure.Write(Path.Combine(folder, "roofline.png"), opened.Name, results);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        terminal.Log(string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s. Tables and plot: {folder}"));
        if (results.Count < passes.Count)
            throw new UserErrorException(
                $"{passes.Count - results.Count} passes failed: {folder} has BenchmarkDotNet's log");
    }

    /// <exception cref="UserErrorException">The pattern matches nothing.</exception>
    private static List<T> Choose<T>(string pattern, IReadOnlyList<T> all, Func<T, string> name, string what)
    {
        var chosen = all.Where(each => FileSystemName.MatchesSimpleExpression(pattern, name(each))).ToList();
        return chosen.Count > 0
            ? chosen
            : throw new UserErrorException(
                $"--filter {pattern}: matches none of the {all.Count} {what}, such as \"{name(all[0])}\"");
    }

    /// <exception cref="UserErrorException">Nothing is left.</exception>
    private void RemoveWhatCannotRun(List<KernelPass> passes, Device opened)
    {
        var (cuBlas, whyNot) = CuBlasProduct.Open(opened);
        if (cuBlas is not null)
        {
            terminal.Log($"Beside {cuBlas.Name}");
            cuBlas.Dispose();
            return;
        }
        passes.RemoveAll(pass => pass.IsByCuBlas);
        if (passes.Count == 0)
            throw new UserErrorException(whyNot!);
        if (opened.Kind == DeviceKind.Cuda)
            terminal.Log(whyNot!);
    }

    private static string CreateFolder(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be written ({exception.Message.TrimEnd('.')})");
        }
    }

    private static Job JobOf(bool isQuick) =>
        (isQuick ? Job.Default.WithWarmupCount(1) : Job.Default.WithMinWarmupCount(5).WithMaxWarmupCount(6))
            .WithIterationCount(isQuick ? 3 : 10)
            .WithIterationTime(TimeInterval.FromMilliseconds(isQuick ? 30 : 200))
            .WithToolchain(InProcessNoEmitToolchain.DontLogOutput)
            .WithMinInvokeCount(1)
            .WithUnrollFactor(1)
            .WithEvaluateOverhead(false);

    private ManualConfig Configuration(string folder, DevicePeaks peaks, Job job) =>
        ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumn(new ParamColumn(nameof(KernelBenchmark.Pass)), StatisticColumn.Mean, StatisticColumn.StdDev)
            .AddColumn(KernelColumn.All(peaks))
            .AddExporter(MarkdownExporter.GitHub, new CsvExporter(CsvSeparator.Comma, new SummaryStyle(
                WithoutThousandsSeparator,
                printUnitsInHeader: true,
                SizeUnit.B,
                TimeUnit.Microsecond,
                printUnitsInContent: false)))
            .AddLogger(NullLogger.Instance)
            .AddEventProcessor(new KernelProgress(terminal))
            .WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Declared))
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(100))
            .WithArtifactsPath(folder)
            .WithOptions(ConfigOptions.DisableOptimizationsValidator); // ILGPU's packages look like debug builds to it

    private void WriteJson(List<KernelResult> results, DevicePeaks peaks, Device opened) => terminal.WriteJson(new
    {
        Device = opened.Name,
        PeakGflops = peaks.Gflops,
        PeakGigabytesPerSecond = peaks.GigabytesPerSecond,
        Passes = results.Select(result => new
        {
            result.Pass.Operation,
            result.Pass.Direction,
            Case = result.Pass.Description,
            result.Seconds,
            result.Gflops,
            result.GigabytesPerSecond,
            result.ShareOfPeak,
        }),
    });

    private void Show(List<KernelResult> results, DevicePeaks peaks, Device opened)
    {
        terminal.WriteTable(
            ["operation", "pass", " microseconds", " GFLOP/s", " GB/s", " of peak"],
            results.Select(result => new[]
            {
                result.Pass.Operation,
                $"{result.Pass.Direction}, {result.Pass.Description}",
                (1e6 * result.Seconds).ToString("N1", CultureInfo.InvariantCulture),
                result.Gflops.ToString("N1", CultureInfo.InvariantCulture),
                result.GigabytesPerSecond.ToString("N1", CultureInfo.InvariantCulture),
                result.ShareOfPeak.ToString("P0", CultureInfo.InvariantCulture),
            }));
        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Measured peak of {opened.Name}: {peaks.Gflops:N0} GFLOP/s, {peaks.GigabytesPerSecond:N0} GB/s."));
    }
}
