using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GalaxyNet.Kernels;
using GalaxyNet.Train;
using ILGPU.Runtime.Cuda;
using Device = GalaxyNet.Kernels.Device;

namespace GalaxyNet.Benchmarks;

/// <summary><c>ladder</c>: from the naive matrix product to the fast one, rung by rung.</summary>
internal sealed class LadderCommand : Command
{
    private const int Runs = 10;

    private readonly Option<string> device = CommonOptions.Device();

    private readonly Option<int> size = new Option<int>("--size")
    {
        Description = "The side of the square matrices",
        HelpName = "N",
        DefaultValueFactory = _ => 1024,
    }.AtLeast(1);

    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public LadderCommand(Terminal terminal)
        : base(
            "ladder",
            "Time the ladder of matrix products on a GPU, beside the library's own and cuBLAS, with figures from the PTX.\n"
            + "Example: ladder --device cuda --size 2048")
    {
        this.terminal = terminal;
        Add(device);
        Add(size);
        SetAction(result => Run(CommonOptions.ToDeviceKind(result.GetRequiredValue(device)), result.GetValue(size)));
    }

    private void Run(DeviceKind kind, int side)
    {
        using var opened = Device.Open(kind);
        bool hasGroups = opened.Schedule == Schedule.Gpu;
        if (!hasGroups)
            terminal.Log($"Nothing is timed: the rungs need a GPU's groups of threads, and this is {opened.Name}.");
        var times = hasGroups ? Measure(opened, side) : [];
        terminal.WriteTable(
            [$"{side}^3 on {opened.Name}", " GFLOP/s", " FMAs", " shared bytes/FMA", " barriers", "inner loop for SM_80"],
            Rung.All.Select(rung => Row(rung.Name, times, Report(rung)))
                .Append(Row("the library's", times, null))
                .Append(Row("cuBLAS", times, null)));
    }

    private Dictionary<string, double> Measure(Device opened, int side)
    {
        var extents = new ProductExtents(side, side, side);
        Shape shape = [side, side];
        using var left = opened.Allocate(shape, Values.Uniform(shape, 1));
        using var right = opened.Allocate(shape, Values.Uniform(shape, 2));
        using var product = opened.Allocate(shape);
        using var dense = new Dense(opened, side, side);
        var times = new Dictionary<string, double>();
        foreach (var rung in Rung.All)
        {
            var multiply = rung.Load(opened, extents);
            times[rung.Name] = Seconds(opened, () => multiply(left.Data, right.Data, product.Data));
        }
        times["the library's"] = Seconds(opened, () => dense.BackwardInput(left, right, product));
        var (cuBlas, whyNot) = CuBlasProduct.Open(opened);
        using (cuBlas)
        {
            if (cuBlas is null)
                terminal.Log(whyNot!);
            else
                times["cuBLAS"] = Seconds(opened, () => cuBlas.Multiply(left.Data, right.Data, product.Data, extents));
        }
        return times.ToDictionary(time => time.Key, time => 2e-9 * Math.Pow(side, 3) / time.Value);
    }

    private double Seconds(Device opened, Action run)
    {
        run();
        opened.Synchronize();
        var seconds = new double[Runs];
        for (int i = 0; i < Runs; i++)
        {
            terminal.Cancellation.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            run();
            opened.Synchronize();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(seconds);
        return seconds[Runs / 2];
    }

    private static PtxReport Report(Rung rung)
    {
        using var compiler = new PtxCompiler(CudaArchitecture.SM_80);
        return PtxReport.Read(compiler.Compile(rung.Kernel.Method));
    }

    private static string[] Row(string name, Dictionary<string, double> times, PtxReport? report)
    {
        string time = times.TryGetValue(name, out double gflops) ? gflops.ToString("N1", CultureInfo.InvariantCulture) : "";
        if (report?.InnermostLoops[0] is not { } loop)
            return [name, time, "", "", "", ""];
        return
        [
            name,
            time,
            loop.MultiplyAddShare.ToString("P0", CultureInfo.InvariantCulture),
            loop.SharedBytesPerMultiplyAdd.ToString("F0", CultureInfo.InvariantCulture),
            report.Barriers.ToString(CultureInfo.InvariantCulture),
            string.Join(", ", loop.Kinds.Select(kind => $"{kind.Key} {kind.Value}")),
        ];
    }
}
