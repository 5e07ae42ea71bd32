using System.Diagnostics;

namespace GalaxyNet.Benchmarks;

/// <summary>Times attempt 4 on random images.</summary>
internal static class ThroughputBenchmark
{
    private const double GflopPerTrainingImage = 1.42;
    private const int GemmSize = 1024;
    private const int GemmRuns = 100; // of milliseconds each: fewer would show the mood of the machine
    private const int StepsOnProcessor = 10;
    private const int ProfiledSteps = 3;

    /// <summary>Measures a device.</summary>
    /// <param name="device">Which.</param>
    /// <param name="batch">Images in a step.</param>
    /// <param name="givenSteps">Steps to measure; 0 for as many as tell enough.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static ThroughputReport Run(Device device, int batch, int givenSteps, CancellationToken cancellation)
    {
        int steps = StepsOn(device, givenSteps);
        var (gemm, peak) = (MeasureGemm(device, cancellation), DevicePeaks.MeasureGflops(device));
        using var timed = new TimedNetwork(device, batch);
        var rates = timed.Rates(steps, cancellation);
        return new ThroughputReport
        {
            Device = device.Name,
            Batch = batch,
            Steps = steps,
            TrainImagesPerSecond = rates.TrainImagesPerSecond,
            InferImagesPerSecond = rates.InferImagesPerSecond,
            Gemm1024Gflops = gemm,
            FmaPeakGflops = peak,
            DirectEquivalentGflops = GflopPerTrainingImage * rates.TrainImagesPerSecond,
            AllocatedBytesPerStep = AllocatedBytesPerRun(device, steps, timed.Train),
            PeakRssMb = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
            PerLayer = Profile(timed.Network, timed.Train),
            WhyNoCapture = device.WhyNoCapture,
        };
    }

    /// <summary>Measures a device's rates alone.</summary>
    public static PassRates RatesOf(Device device, int batch, int givenSteps, CancellationToken cancellation)
    {
        using var timed = new TimedNetwork(device, batch);
        return timed.Rates(StepsOn(device, givenSteps), cancellation);
    }

    private static int StepsOn(Device device, int given) =>
        given > 0 ? given : RunTimes.Count(device, StepsOnProcessor);

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

    private static Dictionary<string, LayerTime> Profile(Sequential network, Action step)
    {
        using var timings = network.Timings = new StageTimings();
        for (int i = 0; i < ProfiledSteps; i++)
            step();
        network.Timings = null;
        return timings.Times.ToDictionary(
            stage => stage.Key,
            stage => new LayerTime(
                stage.Value.Forward.TotalMilliseconds / ProfiledSteps,
                stage.Value.Backward.TotalMilliseconds / ProfiledSteps));
    }
}
