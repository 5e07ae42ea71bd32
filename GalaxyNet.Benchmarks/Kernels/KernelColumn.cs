using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace GalaxyNet.Benchmarks;

/// <summary>A column of BenchmarkDotNet's tables that is computed from a <see cref="KernelResult"/>.</summary>
internal sealed class KernelColumn(
    string name, string legend, string format, DevicePeaks peaks, Func<KernelResult, double> value) : IColumn
{
    public string Id => $"{nameof(KernelColumn)}.{ColumnName}";

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => legend;

    /// <summary>The columns of the suite.</summary>
    public static KernelColumn[] All(DevicePeaks peaks) =>
    [
        new("GFLOP/s", "Floating-point operations", "F1", peaks, each => each.Gflops),
        new("GB/s", "Bytes read and written", "F1", peaks, each => each.GigabytesPerSecond),
        new("% of peak", "Of the measured roof at this intensity", "F0", peaks, each => 100 * each.ShareOfPeak),
        new("Peak GFLOP/s", "Measured: multiply-adds in registers", "F1", peaks, each => each.Peaks.Gflops),
        new("Peak GB/s", "Measured: copying memory", "F1", peaks, each => each.Peaks.GigabytesPerSecond),
    ];

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        KernelResult.Of(summary, benchmarkCase, peaks) is { } result
            ? value(result).ToString(format, CultureInfo.InvariantCulture)
            : "NA";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        GetValue(summary, benchmarkCase);
}
