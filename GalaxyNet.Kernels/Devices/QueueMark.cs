using System.Diagnostics;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// A point in the queue of a device's launches: the host can wait for those before it, and not for those after, and
/// tell how long the device took from one mark to another.
/// </summary>
/// <remarks>CUDA calls it an event. On OpenCL ILGPU waits for it as soon as it is made.</remarks>
public sealed class QueueMark : IDisposable
{
    private readonly long hostTime = Stopwatch.GetTimestamp();
    private readonly ProfilingMarker? marker; // none on a processor, which is done when a launch returns

    internal QueueMark(Device device) =>
        marker = device.QueuesLaunches ? device.Stream.AddProfilingMarker() : null;

    /// <summary>Waits until all is done that was launched before the mark.</summary>
    public void Wait() => marker?.Synchronize();

    /// <summary>How long it took the device to come from an earlier mark to this one. This waits for it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="earlier"/> is null.</exception>
    public TimeSpan Since(QueueMark earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return marker is null
            ? Stopwatch.GetElapsedTime(earlier.hostTime, hostTime)
            : marker.MeasureFrom(earlier.marker!);
    }

    /// <inheritdoc/>
    public void Dispose() => marker?.Dispose();
}
