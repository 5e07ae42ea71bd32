using System.Diagnostics;
using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>
/// How long each stage of a network takes, summed over passes. Measuring waits for the device after every stage, so
/// that no two stages overlap.
/// </summary>
internal sealed class StageTimings
{
    private readonly Dictionary<string, (TimeSpan Forward, TimeSpan Backward)> times = [];

    /// <summary>The stages, by the names of their layers, with the time spent in each direction.</summary>
    public IReadOnlyDictionary<string, (TimeSpan Forward, TimeSpan Backward)> Times => times;

    public T Forward<T>(string stage, Device device, Func<T> run)
    {
        var (result, time) = Measure(device, run);
        times[stage] = (times.GetValueOrDefault(stage).Forward + time, times.GetValueOrDefault(stage).Backward);
        return result;
    }

    public T Backward<T>(string stage, Device device, Func<T> run)
    {
        var (result, time) = Measure(device, run);
        times[stage] = (times.GetValueOrDefault(stage).Forward, times.GetValueOrDefault(stage).Backward + time);
        return result;
    }

    private static (T Result, TimeSpan Time) Measure<T>(Device device, Func<T> run)
    {
        device.Synchronize(); // the optimizer's update, or the loss, may still be queued
        long start = Stopwatch.GetTimestamp();
        var result = run();
        device.Synchronize();
        return (result, Stopwatch.GetElapsedTime(start));
    }
}
