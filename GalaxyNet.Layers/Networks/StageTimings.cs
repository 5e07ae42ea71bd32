namespace GalaxyNet.Layers;

/// <summary>
/// How long each stage of a network takes on its device, summed over passes. Marks in the queue tell, so that measuring
/// waits for nothing: stages follow each other as they always do.
/// </summary>
internal sealed class StageTimings : IDisposable
{
    private readonly Dictionary<string, (TimeSpan Forward, TimeSpan Backward)> times = [];
    private readonly List<Measurement> unread = [];

    /// <summary>The stages, by the names of their layers, with the time spent in each direction.</summary>
    public IReadOnlyDictionary<string, (TimeSpan Forward, TimeSpan Backward)> Times
    {
        get
        {
            foreach (var measurement in unread)
                Add(measurement);
            unread.Clear();
            return times;
        }
    }

    /// <summary>Runs one direction of a stage and adds its time.</summary>
    public T Measure<T>(string stage, bool isBackward, Device device, Func<T> run)
    {
        var start = device.Mark();
        var result = run();
        unread.Add(new Measurement(stage, isBackward, start, device.Mark()));
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => unread.ForEach(measurement => measurement.Dispose());

    private void Add(Measurement measurement)
    {
        using (measurement)
        {
            var time = measurement.End.Since(measurement.Start);
            var (forward, backward) = times.GetValueOrDefault(measurement.Stage);
            times[measurement.Stage] =
                measurement.IsBackward ? (forward, backward + time) : (forward + time, backward);
        }
    }

    private sealed record Measurement(string Stage, bool IsBackward, QueueMark Start, QueueMark End) : IDisposable
    {
        public void Dispose()
        {
            Start.Dispose();
            End.Dispose();
        }
    }
}
