using System.Diagnostics;

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

    /// <summary>Runs one direction of a stage and adds its time.</summary>
    public T Measure<T>(string stage, bool isBackward, Device device, Func<T> run)
    {
        device.Synchronize(); // the optimizer's update, or the loss, may still be queued
        long start = Stopwatch.GetTimestamp();
        var result = run();
        device.Synchronize();
        var time = Stopwatch.GetElapsedTime(start);
        var (forward, backward) = times.GetValueOrDefault(stage);
        times[stage] = isBackward ? (forward, backward + time) : (forward + time, backward);
        return result;
    }
}
