using System.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// Puts garbage collection off while kernels compile, where there is memory for that: ILGPU leaves 50 to 350 MB behind
/// for each, and collecting takes as long as compiling.
/// </summary>
internal sealed class PausedCollection : IDisposable
{
    private const long MostBytes = 2_500_000_000; // attempt 4's kernels take 2.1
    private const int ShareOfFree = 4; // a quarter of it

    private readonly bool isPaused;

    /// <summary>Begins, or leaves it as it is where a program has put collection off itself.</summary>
    public PausedCollection()
    {
        try
        {
            isPaused = GC.TryStartNoGCRegion(Math.Min(HostMemory.FreeBytes / ShareOfFree, MostBytes));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            isPaused = false;
        }
    }

    /// <summary>Ends, if the memory has not been used up by then, and collects.</summary>
    public void Dispose()
    {
        if (!isPaused || GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
            return;
        GC.EndNoGCRegion();
        GC.Collect(); // left to the next allocation, it would be one of young objects, which takes twice as long
    }
}
