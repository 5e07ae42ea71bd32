using System.CommandLine;
using System.Text.Json;

namespace GalaxyNet.Benchmarks;

/// <summary><c>throughput</c>: how fast attempt 4 trains and infers here.</summary>
internal sealed class ThroughputCommand : Command
{
    private static readonly JsonSerializerOptions OnOneLine = new(JsonFormat.Options) { WriteIndented = false };

    private readonly Option<int> batch = new Option<int>("--batch")
    {
        Description = "Images in a step",
        HelpName = "N",
        DefaultValueFactory = _ => 64,
    }.AtLeast(1);

    private readonly Option<int> steps = new Option<int>("--steps")
    {
        Description = "Steps to measure",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    }.AtLeast(1);

    private readonly Option<string> device = DeviceOption.Create();
    private readonly Option<int> threads = CommonOptions.Threads();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public ThroughputCommand(Terminal terminal)
        : base(
            "throughput",
            "Images per second of attempt 4, training and inferring.\nExample: throughput --batch 64 --steps 10 --json")
    {
        this.terminal = terminal;
        foreach (Option option in new Option[] { batch, steps, device, threads, json })
            Add(option);
        SetAction(Run);
    }

    private void Run(ParseResult result)
    {
        using var opened = DeviceOption.Open(result.GetRequiredValue(device), terminal, result.GetValue(threads));
        var report = ThroughputBenchmark.Run(
            opened, result.GetValue(batch), result.GetValue(steps), terminal.Cancellation);
        if (result.GetValue(json))
            terminal.WriteLine(JsonSerializer.Serialize(report, OnOneLine));
        else
            Show(report);
    }

    private void Show(ThroughputReport report)
    {
        terminal.WriteLine($"""
            {report.Device}, batch {report.Batch}
            training    {report.TrainImagesPerSecond,8:F1} images/s
            inference   {report.InferImagesPerSecond,8:F1} images/s
            1024^3 product {report.Gemm1024Gflops:F0} GFLOP/s; multiply-adds alone {report.FmaPeakGflops:F0} GFLOP/s
            peak memory {report.PeakRssMb:F0} MB, {report.AllocatedBytesPerStep} bytes allocated a step
            """);
        foreach (var (layer, time) in report.PerLayer)
            terminal.WriteLine($"{layer,-28} forward {time.ForwardMs,8:F2} ms   backward {time.BackwardMs,8:F2} ms");
    }
}
