using System.Globalization;

namespace GalaxyNet.Benchmarks;

/// <summary>The report of <c>throughput</c> for people.</summary>
internal static class ThroughputText
{
    /// <summary>Writes a report to standard output.</summary>
    public static void Show(this ThroughputReport report, Terminal terminal)
    {
        terminal.WriteLine($"{report.Device}, batch {report.Batch}");
        if (report.TrainImagesPerSecond is { } training)
            terminal.WriteLine($"training    {training,8:F1} images/s");
        terminal.WriteLine($"""
            inference   {report.InferImagesPerSecond,8:F1} images/s
            1024^3 product {report.Gemm1024Gflops:F0} GFLOP/s; multiply-adds alone {report.FmaPeakGflops:F0} GFLOP/s
            peak memory {report.PeakRssMb:F0} MB, {report.AllocatedBytesPerStep} bytes allocated a step
            """);
        if (report.Tf32 is { } tf32)
            terminal.WriteLine($"in TF32: {TrainingIn(tf32)}inference {tf32.InferImagesPerSecond:F1} images/s");
        if (report.WhyNoCapture is { } why)
            terminal.WriteLine($"no graphs: {why}");
        foreach (var (layer, time) in report.PerLayer)
            terminal.WriteLine($"{layer,-28} forward {time.ForwardMs,8:F2} ms{BackwardIn(time)}");
        if (report.Peers.Count > 0)
            ShowPeers(report.Peers, terminal);
    }

    private static string TrainingIn(PassRates rates) =>
        rates.TrainImagesPerSecond is { } rate ? $"training {rate:F1} images/s, " : "";

    private static string BackwardIn(LayerTime time) =>
        time.BackwardMs is { } backward ? $"   backward {backward,8:F2} ms" : "";

    private static void ShowPeers(IReadOnlyList<PeerThroughput> peers, Terminal terminal) => terminal.WriteTable(
        ["beside it", " training", " ours is", " inference", " ours is"],
        peers.Select(peer => new[]
        {
            peer.Name,
            Rate(peer.TrainImagesPerSecond),
            Ratio(peer.TrainRatio),
            Rate(peer.InferImagesPerSecond),
            Ratio(peer.InferRatio),
        }));

    private static string Rate(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate:F1} images/s");

    private static string Ratio(double? ratio) =>
        ratio is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{ratio:F2} times");
}
