using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// Numbers that the device copies to the host in the order of its launches: the host reads them later, while the device
/// is at what was launched since.
/// </summary>
internal sealed class QueuedResult(Device device) : IDisposable
{
    private HostBuffer<float>? memory;
    private QueueMark? mark;

    /// <summary>Queues the copy. The memory may be overwritten by whatever is launched from here on.</summary>
    public void Begin(Tensor source)
    {
        if (memory?.Length != source.Count)
        {
            memory?.Dispose();
            memory = device.AllocateHostBuffer<float>(source.Count);
        }
        memory.View.CopyFrom(device.Stream, source.Data);
        mark?.Dispose();
        mark = device.Mark();
    }

    /// <summary>Waits for the copy, and for nothing that was launched after it.</summary>
    /// <returns>The numbers, until the next <see cref="Begin"/>.</returns>
    public ReadOnlySpan<float> Wait()
    {
        mark!.Wait();
        return memory!.Span;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        mark?.Dispose();
        memory?.Dispose();
    }
}
