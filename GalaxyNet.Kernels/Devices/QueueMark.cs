using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// A point in the queue of a device's launches: the host can wait for those before it, and not for those after.
/// </summary>
/// <remarks>CUDA calls it an event. On OpenCL ILGPU waits for it as soon as it is made.</remarks>
public sealed class QueueMark : IDisposable
{
    private readonly ProfilingMarker marker;

    internal QueueMark(AcceleratorStream stream) => marker = stream.AddProfilingMarker();

    /// <summary>Waits until all is done that was launched before the mark.</summary>
    public void Wait() => marker.Synchronize();

    /// <inheritdoc/>
    public void Dispose() => marker.Dispose();
}
