using System.Globalization;

namespace GalaxyNet.Train;

/// <summary>How long a run will still take.</summary>
internal static class TimeLeft
{
    /// <summary>The time of the epochs after one: each takes as long as the last that is finished.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="epochs">How many there will be in all.</param>
    /// <param name="progress">What is finished.</param>
    /// <param name="thisEpoch">How long an epoch takes if none is finished yet.</param>
    public static TimeSpan After(int epoch, int epochs, TrainingProgress progress, TimeSpan thisEpoch = default)
    {
        var each = progress.History is [.., var last] ? TimeSpan.FromSeconds(last.Seconds) : thisEpoch;
        return Math.Max(0, epochs - epoch) * each;
    }

    /// <summary>After an epoch, what is left of the run, as the end of a line; nothing after the last.</summary>
    public static string InWords(TrainingProgress progress, int epochs)
    {
        int finished = progress.History.Count;
        return finished >= epochs ? "" : $"  {Text(After(finished, epochs, progress))} left";
    }

    /// <summary>Hours, minutes and seconds: <c>1:02:03</c>.</summary>
    public static string Text(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}
