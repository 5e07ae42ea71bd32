using Perfolizer.Horology;

namespace GalaxyNet.Benchmarks;

/// <summary>A clock that stands in a device's queue: it tells when the device, not the host, has come so far.</summary>
internal sealed class DeviceClock(Device device) : IClock, IDisposable
{
    private QueueMark? last;
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
        if (last is not null)
        {
            time += now.Since(last);
            last.Dispose();
        }
        last = now;
        return time.Ticks;
    }

    /// <inheritdoc/>
    public void Dispose() => last?.Dispose();
}
