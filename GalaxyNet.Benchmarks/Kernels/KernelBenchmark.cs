using BenchmarkDotNet.Attributes;

namespace GalaxyNet.Benchmarks;

/// <summary>What BenchmarkDotNet runs, in this process: the device and the passes are the command's.</summary>
public class KernelBenchmark
{
    private IPreparedPass? prepared;

    /// <summary>Where to run.</summary>
    internal static Device? Device { get; set; }

    /// <summary>The passes to time.</summary>
    public static IEnumerable<KernelPass> Passes { get; internal set; } = [];

    /// <summary>What is timed.</summary>
    [ParamsSource(nameof(Passes))]
    public KernelPass? Pass { get; set; }

    /// <summary>Allocates and compiles.</summary>
    [GlobalSetup]
    public void Prepare() => prepared = Pass!.Prepare(Device!);

    /// <summary>The pass: its launch, which on a GPU the clock of the device follows.</summary>
    [Benchmark]
    public void Run() => prepared!.Run();

    /// <summary>Frees the memory.</summary>
    [GlobalCleanup]
    public void Free() => prepared?.Dispose();
}
