using System.CommandLine;
using System.Globalization;
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
        Description = "Steps to measure; 10 if it is not given, on a GPU 200",
        HelpName = "N",
    }.AtLeast(1);

    private readonly Option<string> device = DeviceOption.Create();
    private readonly Option<int> threads = CommonOptions.Threads();

    private readonly Option<bool> peer = new("--peer")
    {
        Description = "Measure PyTorch too, on the same device right after ours; on a GPU also at its best",
    };

    private readonly Option<string> python = new("--python")
    {
        Description = "The Python that has PyTorch",
        HelpName = "PATH",
        DefaultValueFactory = _ => "python3",
    };

    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public ThroughputCommand(Terminal terminal)
        : base(
            "throughput",
            "Images per second of attempt 4, training and inferring.\nExample: throughput --batch 64 --steps 10 --peer")
    {
        this.terminal = terminal;
        foreach (Option option in new Option[] { batch, steps, device, threads, peer, python, json })
            Add(option);
        SetAction(Run);
    }

    private void Run(ParseResult result)
    {
        var report = Measure(result, out var kind);
        if (result.GetValue(peer))
            report = report with { Peers = MeasurePeers(result, report, kind) };
        if (result.GetValue(json))
            terminal.WriteLine(JsonSerializer.Serialize(report, OnOneLine));
        else
            Show(report);
    }

    private ThroughputReport Measure(ParseResult result, out DeviceKind kind)
    {
        string name = result.GetRequiredValue(device);
        int images = result.GetValue(batch), givenSteps = result.GetValue(steps);
        ThroughputReport report;
        using (var opened = DeviceOption.Open(name, terminal, result.GetValue(threads)))
        {
            kind = opened.Kind;
            report = ThroughputBenchmark.Run(opened, images, givenSteps, terminal.Cancellation);
            if (!opened.HasTensorCores)
                return report;
        }
        using var again = DeviceOption.Open(name, terminal, precision: Precision.TensorFloat32);
        return report with
        {
            Tf32 = ThroughputBenchmark.RatesOf(again, images, givenSteps, terminal.Cancellation),
        };
    }

    private List<PeerThroughput> MeasurePeers(ParseResult result, ThroughputReport ours, DeviceKind kind)
    {
        string asked = result.GetRequiredValue(device);
        string name = asked.StartsWith("cuda", StringComparison.Ordinal) ? asked : CommonOptions.NameOf(kind);
        var script = new PyTorchScript(result.GetRequiredValue(python), terminal.Cancellation);
        List<PeerThroughput> peers = [];
        try
        {
            foreach (string[] way in PyTorchScript.WaysOn(kind))
            {
                terminal.Log(string.Join(' ', ["Measuring PyTorch", .. way]));
                var theirs = script.Measure(
                    name, ours.Batch, ours.Steps, result.GetValue(threads), way);
                peers.Add(PeerThroughput.Beside(ours.AtPrecisionOf(way), theirs));
            }
        }
        catch (UserErrorException exception)
        {
            terminal.Log(exception.Message); // what has been measured is shown without it
        }
        return peers;
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
        if (report.Tf32 is { } tf32)
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                in TF32: training {tf32.TrainImagesPerSecond:F1} images/s, inference {tf32.InferImagesPerSecond:F1}
                """));
        if (report.WhyNoCapture is { } why)
            terminal.WriteLine($"no graphs: {why}");
        foreach (var (layer, time) in report.PerLayer)
            terminal.WriteLine($"{layer,-28} forward {time.ForwardMs,8:F2} ms   backward {time.BackwardMs,8:F2} ms");
        if (report.Peers.Count > 0)
            ShowPeers(report.Peers);
    }

    private void ShowPeers(IReadOnlyList<PeerThroughput> peers) => terminal.WriteTable(
        ["beside it", " training", " ours is", " inference", " ours is"],
        peers.Select(peer => new[]
        {
            peer.Name,
            string.Create(CultureInfo.InvariantCulture, $"{peer.TrainImagesPerSecond:F1} images/s"),
            string.Create(CultureInfo.InvariantCulture, $"{peer.TrainRatio:F2} times"),
            string.Create(CultureInfo.InvariantCulture, $"{peer.InferImagesPerSecond:F1} images/s"),
            string.Create(CultureInfo.InvariantCulture, $"{peer.InferRatio:F2} times"),
        }));
}
