using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace GalaxyNet.Benchmarks;

/// <summary>Says which pass is being timed, and lets Ctrl-C stop between two.</summary>
internal sealed class KernelProgress(Terminal terminal) : EventProcessor
{
    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
    {
        terminal.Cancellation.ThrowIfCancellationRequested();
        terminal.Log($"  {benchmarkCase.Parameters[nameof(KernelBenchmark.Pass)]}");
    }

    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        if (!report.Success)
            terminal.Log("    failed");
    }
}
