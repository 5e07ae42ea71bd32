using System.Diagnostics;

namespace GalaxyNet.Benchmarks;

/// <summary>How long some work takes, from its launch until the device has done it.</summary>
internal static class RunTimes
{
    /// <summary>The seconds of several runs, shortest first; a run before them compiles, and does not count.</summary>
    public static double[] Of(Device device, int runs, Action run, CancellationToken cancellation = default)
    {
        run();
        device.Synchronize();
        var seconds = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            run();
            device.Synchronize();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(seconds);
        return seconds;
    }

    /// <summary>The median of several runs.</summary>
    public static double MedianOf(Device device, int runs, Action run, CancellationToken cancellation) =>
        Of(device, runs, run, cancellation)[runs / 2];
}
