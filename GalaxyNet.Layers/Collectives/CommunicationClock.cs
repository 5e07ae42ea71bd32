using System.Diagnostics;

namespace GalaxyNet.Layers;

/// <summary>Sums up how long messages took, and how much of that nothing else could be done.</summary>
internal sealed class CommunicationClock
{
    /// <summary>From the beginning to the end of each message, all together.</summary>
    public TimeSpan Lasted { get; private set; }

    /// <summary>How long was waited for them.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The share of the time of messages in which something else was done; 1 if there was none.</summary>
    public double HiddenShare => Lasted == TimeSpan.Zero ? 1 : Math.Max(0, 1 - (Waited / Lasted));

    /// <summary>Waits for a message.</summary>
    public void Wait(IPendingCollective message)
    {
        long start = Stopwatch.GetTimestamp();
        message.Wait();
        Waited += Stopwatch.GetElapsedTime(start);
        Lasted += message.Duration;
    }
}
