using System.CommandLine;
using System.Text.Json;
using GalaxyNet.Kernels;

namespace GalaxyNet.Benchmarks;

/// <summary><c>throughput</c>: how fast attempt 4 trains and infers here.</summary>
internal static class ThroughputCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = false,
    };

    public static Command Create()
    {
        var batch = new Option<int>("--batch") { Description = "Images in a step.", DefaultValueFactory = _ => 64 };
        var steps = new Option<int>("--steps") { Description = "Steps to measure.", DefaultValueFactory = _ => 10 };
        var threads = new Option<int?>("--threads") { Description = "Threads of the CPU device; by default all cores." };
        var device = new Option<DeviceKind>("--device")
        {
            Description = "Where to run.",
            DefaultValueFactory = _ => DeviceKind.Auto,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "throughput",
            "Images per second of attempt 4, training and inferring.\nExample: throughput --batch 64 --steps 10 --json")
        {
            batch, steps, threads, device, json,
        };
        command.SetAction(parsed =>
        {
            using var opened = Open(parsed.GetValue(device), parsed.GetValue(threads));
            var report = ThroughputBenchmark.Run(opened, parsed.GetValue(batch), parsed.GetValue(steps));
            Print(report, parsed.GetValue(json));
        });
        return command;
    }

    private static Device Open(DeviceKind kind, int? threads) =>
        threads is null ? Device.Open(kind) : Device.OpenCpu(threads);

    private static void Print(ThroughputReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, JsonOptions));
            return;
        }
        Console.WriteLine($"""
            {report.Device}, batch {report.Batch}
            training    {report.TrainImagesPerSecond,8:F1} images/s
            inference   {report.InferImagesPerSecond,8:F1} images/s
            1024^3 product {report.Gemm1024Gflops:F0} GFLOP/s; multiply-adds alone {report.FmaPeakGflops:F0} GFLOP/s
            peak memory {report.PeakRssMb:F0} MB, {report.AllocatedBytesPerStep} bytes allocated a step
            """);
        foreach (var (layer, time) in report.PerLayer)
            Console.WriteLine($"{layer,-28} forward {time.ForwardMs,8:F2} ms   backward {time.BackwardMs,8:F2} ms");
    }
}
