using System.CommandLine;
using System.Text.Json;

namespace GalaxyNet.Benchmarks;

/// <summary><c>throughput</c>: how fast attempt 4 trains and infers here.</summary>
internal sealed class ThroughputCommand : Command
{
    private static readonly JsonSerializerOptions OnOneLine = new(JsonFormat.Options) { WriteIndented = false };

    private readonly NumberOption<int> batch = new NumberOption<int>("--batch")
    {
        Description = "Images in a step",
        HelpName = "N",
        DefaultValueFactory = _ => 64,
    }.AtLeast(1);

    private readonly NumberOption<int> steps = new NumberOption<int>("--steps")
    {
        Description = "Steps to measure; 10 if it is not given, on a GPU 200",
        HelpName = "N",
    }.AtLeast(1);

    private readonly Option<string> device = DeviceOption.Create();
    private readonly NumberOption<int> threads = CommonOptions.Threads();

    private readonly Option<bool> onlyInfers = new("--infer-only")
    {
        Description = "Measure inference alone, of a network that cannot be trained and takes less memory",
    };

    private readonly Option<bool> peer = new("--peer")
    {
        Description = "Measure PyTorch too, on the same device right after ours; on a GPU also at its best",
    };

    private readonly PathOption<string> python = new("--python", PathRole.Input)
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
        foreach (Option option in new Option[] { batch, steps, device, threads, onlyInfers, peer, python, json })
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
            report.Show(terminal);
    }

    private ThroughputReport Measure(ParseResult result, out DeviceKind kind)
    {
        string name = result.GetRequiredValue(device);
        var benchmark = new ThroughputBenchmark(
            result.GetValue(batch), result.GetValue(steps), result.GetValue(onlyInfers));
        ThroughputReport report;
        using (var opened = DeviceOption.Open(name, terminal, result.GetValue(threads)))
        {
            kind = opened.Kind;
            report = benchmark.Run(opened, terminal.Cancellation);
            if (!opened.HasTensorCores)
                return report;
        }
        using var again = DeviceOption.Open(name, terminal, precision: Precision.TensorFloat32);
        return report with
        {
            Tf32 = benchmark.RatesOf(again, terminal.Cancellation),
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
}
