using Perfolizer.Horology;

namespace GalaxyNet.Benchmarks;

/// <summary>A clock that stands in a device's queue: it tells when the device, not the host, has come so far.</summary>
internal sealed class DeviceClock(Device device) : IClock, IDisposable
{
    private readonly List<QueueMark> marks = [];
    private TimeSpan time;

    /// <inheritdoc/>
    public string Title => "marks in the queue";

    /// <inheritdoc/>
    public bool IsAvailable => true;

    /// <inheritdoc/>
    public Frequency Frequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public long GetTimestamp()
    {
        var now = device.Mark();
        marks.Add(now);
        if (marks.Count > 1)
        {
            time += now.Since(marks[0]);
            marks[0].Dispose();
            marks.RemoveAt(0);
        }
        return time.Ticks;
    }

    /// <inheritdoc/>
    public void Dispose() => marks.ForEach(mark => mark.Dispose());
}
