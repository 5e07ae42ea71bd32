namespace GalaxyNet.Benchmarks;

/// <summary>
/// How long some work takes on a device, by marks in its queue: what the host does meanwhile does not count.
/// </summary>
internal static class RunTimes
{
    private const int FewestRunsOnGpu = 200;

    private static readonly TimeSpan WarmUpOfGpu = TimeSpan.FromSeconds(1); // until its clock has risen

    /// <summary>
    /// The seconds of several runs, shortest first; runs before them, which compile and warm up, do not count.
    /// </summary>
    public static double[] Of(Device device, int runs, Action run, CancellationToken cancellation = default)
    {
        WarmUp(device, run, cancellation);
        return OfWarm(device, runs, run, cancellation);
    }

    /// <summary>The median of several runs on a device that is warm; one run before them, which compiles.</summary>
    public static double MedianOfWarm(Device device, int runs, Action run, CancellationToken cancellation)
    {
        run();
        return OfWarm(device, runs, run, cancellation)[runs / 2];
    }

    /// <summary>Runs something once, and on a GPU again and again until its clock has risen.</summary>
    public static void WarmUp(Device device, Action run, CancellationToken cancellation)
    {
        using var start = device.Mark();
        TimeSpan busy;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            run();
            using var now = device.Mark();
            busy = now.Since(start);
        }
        while (device.QueuesLaunches && busy < WarmUpOfGpu);
    }

    /// <summary>The median of several runs.</summary>
    public static double MedianOf(Device device, int runs, Action run, CancellationToken cancellation) =>
        Of(device, runs, run, cancellation)[runs / 2];

    /// <summary>How many runs to measure: on a GPU more, as they take less time.</summary>
    public static int Count(Device device, int onProcessor) =>
        device.QueuesLaunches ? Math.Max(onProcessor, FewestRunsOnGpu) : onProcessor;

    private static double[] OfWarm(Device device, int runs, Action run, CancellationToken cancellation)
    {
        var seconds = new double[runs];
        var marks = new List<QueueMark>(runs + 1) { device.Mark() };
        try
        {
            for (int i = 0; i < runs; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                run();
                marks.Add(device.Mark());
            }
            for (int i = 0; i < runs; i++)
                seconds[i] = marks[i + 1].Since(marks[i]).TotalSeconds;
        }
        finally
        {
            marks.ForEach(mark => mark.Dispose());
        }
        Array.Sort(seconds);
        return seconds;
    }
}
