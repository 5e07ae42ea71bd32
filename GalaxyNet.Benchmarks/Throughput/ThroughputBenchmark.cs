using System.Diagnostics;

namespace GalaxyNet.Benchmarks;

/// <summary>Times attempt 4 on random images.</summary>
/// <param name="Batch">Images in a step.</param>
/// <param name="GivenSteps">Steps to measure; 0 for as many as tell enough.</param>
/// <param name="OnlyInfers">True to leave training out, and the memory that it takes.</param>
internal sealed record ThroughputBenchmark(int Batch, int GivenSteps, bool OnlyInfers)
{
    private const double GflopPerTrainingImage = 1.42;
    private const int GemmSize = 1024;
    private const int GemmRuns = 100; // of milliseconds each: fewer would show the mood of the machine
    private const int StepsOnProcessor = 10;
    private const int ProfiledSteps = 3;

    /// <summary>Measures a device.</summary>
    /// <param name="device">Which.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public ThroughputReport Run(Device device, CancellationToken cancellation)
    {
        int steps = StepsOn(device);
        var report = RunNetwork(device, steps, cancellation);
        // Only now, as their memory is none of the network's.
        return report with
        {
            Gemm1024Gflops = MeasureGemm(device, cancellation),
            FmaPeakGflops = DevicePeaks.MeasureGflops(device),
        };
    }

    /// <summary>Measures a device's rates alone.</summary>
    public PassRates RatesOf(Device device, CancellationToken cancellation)
    {
        using var timed = new TimedNetwork(device, Batch, OnlyInfers);
        return timed.Rates(StepsOn(device), cancellation);
    }

    private int StepsOn(Device device) => GivenSteps > 0 ? GivenSteps : RunTimes.Count(device, StepsOnProcessor);

    private ThroughputReport RunNetwork(Device device, int steps, CancellationToken cancellation)
    {
        using var timed = new TimedNetwork(device, Batch, OnlyInfers);
        var rates = timed.Rates(steps, cancellation);
        return new ThroughputReport
        {
            Device = device.Name,
            Batch = Batch,
            Steps = steps,
            TrainImagesPerSecond = rates.TrainImagesPerSecond,
            InferImagesPerSecond = rates.InferImagesPerSecond,
            DirectEquivalentGflops = GflopPerTrainingImage * rates.TrainImagesPerSecond,
            AllocatedBytesPerStep = AllocatedBytesPerRun(device, steps, timed.Step),
            PerLayer = Profile(timed),
            PeakRssMb = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
            WhyNoCapture = device.WhyNoCapture,
        };
    }

    private static long AllocatedBytesPerRun(Device device, int runs, Action run)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < runs; i++)
            run();
        device.Synchronize();
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / runs;
    }

    /// <summary>A dense layer's input gradient, dx = dy w, is a plain product of two row-major matrices.</summary>
    private static double MeasureGemm(Device device, CancellationToken cancellation)
    {
        Shape shape = [GemmSize, GemmSize];
        using var dense = new Dense(device, GemmSize, GemmSize);
        using var left = device.Allocate(shape, Values.Uniform(shape, 1));
        using var right = device.Allocate(shape, Values.Uniform(shape, 2));
        using var product = device.Allocate(shape);
        double seconds = RunTimes.MedianOf(
            device, RunTimes.Count(device, GemmRuns), () => dense.BackwardInput(left, right, product), cancellation);
        return 2e-9 * Math.Pow(GemmSize, 3) / seconds;
    }

    private Dictionary<string, LayerTime> Profile(TimedNetwork timed)
    {
        using var timings = timed.Network.Timings = new StageTimings();
        for (int i = 0; i < ProfiledSteps; i++)
            timed.Step();
        timed.Network.Timings = null;
        return timings.Times.ToDictionary(
            stage => stage.Key,
            stage => new LayerTime(
                stage.Value.Forward.TotalMilliseconds / ProfiledSteps,
                OnlyInfers ? null : stage.Value.Backward.TotalMilliseconds / ProfiledSteps));
    }
}
