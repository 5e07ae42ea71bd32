using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Kernels;

/// <summary>Keeps count of a device's memory.</summary>
/// <param name="accelerator">The device.</param>
/// <param name="isHosts">True where its memory is the machine's own.</param>
internal sealed class DeviceMemory(Accelerator accelerator, bool isHosts)
{
    private const long SmallBytes = 16 << 20; // what is not worth asking the system for what is left

    private readonly Lock counts = new();
    private long allocated;
    private long frees;

    /// <summary>The bytes in use.</summary>
    public long AllocatedBytes => Interlocked.Read(ref allocated);

    /// <summary>The most bytes that have been in use at a time.</summary>
    public long MostBytes { get; private set; }

    /// <summary>How often some was given back: another number says that what lay somewhere may be gone.</summary>
    public long Frees => Interlocked.Read(ref frees);

    /// <summary>True where nothing is allocated, so that there is room for everything.</summary>
    public bool OnlyCounts { get; init; }

    /// <summary>The most that may be in use: less than there is, to see what a smaller device would do.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>The bytes that are left. OpenCL does not say what other programs hold.</summary>
    public long FreeBytes => Math.Max(Math.Min(Limit - AllocatedBytes, accelerator switch
    {
        CudaAccelerator cuda => cuda.GetFreeMemory(),
        _ when isHosts => HostMemory.FreeBytes,
        _ => accelerator.MemorySize - AllocatedBytes,
    }), 0);

    /// <summary>Takes some, to be given back by disposing it.</summary>
    /// <exception cref="DeviceMemoryException">There is not so much left.</exception>
    public Claim Take(long bytes)
    {
        if (!OnlyCounts)
            RequireFree(bytes);
        Count(bytes);
        return new Claim(this, bytes);
    }

    private void RequireFree(long bytes)
    {
        long left = bytes < SmallBytes ? Limit - AllocatedBytes : FreeBytes;
        if (bytes > left)
            throw new DeviceMemoryException(
                $"{ByteCount.Text(bytes)} of memory were needed, and of all the device's "
                + $"{ByteCount.Text(left)} are left");
    }

    private void Count(long bytes)
    {
        lock (counts)
        {
            allocated += bytes;
            MostBytes = Math.Max(MostBytes, allocated);
        }
    }

    /// <summary>Memory in use.</summary>
    public sealed class Claim(DeviceMemory memory, long bytes) : IDisposable
    {
        private long bytes = bytes;

        /// <summary>Gives it back; once.</summary>
        public void Dispose()
        {
            memory.Count(-Interlocked.Exchange(ref bytes, 0));
            Interlocked.Increment(ref memory.frees);
        }
    }
}
