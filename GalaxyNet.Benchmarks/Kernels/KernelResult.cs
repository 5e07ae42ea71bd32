using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace GalaxyNet.Benchmarks;

/// <summary>How fast a pass was.</summary>
/// <param name="Pass">Which.</param>
/// <param name="Seconds">The mean time.</param>
/// <param name="Peaks">What the device can do.</param>
internal sealed record KernelResult(KernelPass Pass, double Seconds, DevicePeaks Peaks)
{
    /// <summary>Floating-point operations, at the least that the pass needs; a multiply-add counts as two.</summary>
    public double Gflops => 1e-9 * Pass.Cost.Flops / Seconds;

    /// <summary>Bytes, each number read or written once.</summary>
    public double GigabytesPerSecond => 1e-9 * Pass.Cost.Bytes / Seconds;

    /// <summary>
    /// The share of the roof at the pass's intensity. Over 1 where the data stay in a cache, which is faster than
    /// memory, and where an algorithm such as Winograd's needs fewer operations than counted.
    /// </summary>
    public double ShareOfPeak => Gflops / Peaks.RoofGflops(Pass.Cost);

    /// <summary>The result of a case that ran; null if it failed.</summary>
    public static KernelResult? Of(Summary summary, BenchmarkCase benchmarkCase, DevicePeaks peaks)
    {
        var pass = (KernelPass)benchmarkCase.Parameters[nameof(KernelBenchmark.Pass)];
        double? mean = summary[benchmarkCase]?.ResultStatistics?.Mean;
        return mean is null ? null : new KernelResult(pass, 1e-9 * mean.Value, peaks);
    }
}
