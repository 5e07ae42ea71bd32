using System.Diagnostics;

namespace GalaxyNet.Train;

/// <summary>
/// How often to look for messages while some are under way: at once again while they move, and ever less often while
/// they do not, so that whoever computes has the core.
/// </summary>
internal sealed class PollingPace
{
    private const double WaitedShare = 0.25; // of the time since something moved, which is by how much more it waits
    private const double ShortestSleep = 10; // microseconds
    private const double LongestSleep = 1000;
    private static readonly TimeSpan Idle = TimeSpan.FromMicroseconds(10); // a look that finds nothing takes less

    private long moved = Stopwatch.GetTimestamp();

    /// <summary>Looks at once from now on.</summary>
    public void Begin() => moved = Stopwatch.GetTimestamp();

    /// <summary>Waits until it is time to look again.</summary>
    /// <param name="looked">How long the last look took.</param>
    public void Wait(TimeSpan looked)
    {
        if (looked > Idle)
        {
            moved = Stopwatch.GetTimestamp();
            return;
        }
        double waited = Stopwatch.GetElapsedTime(moved).TotalMicroseconds;
        NativeProcess.Sleep((uint)Math.Clamp(waited * WaitedShare, ShortestSleep, LongestSleep));
    }
}
