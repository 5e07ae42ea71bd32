using System.Diagnostics;

namespace GalaxyNet.Train;

/// <summary>Something that all processes do together, which MPI's thread begins and carries on.</summary>
/// <param name="phases">Begin one part each, when the part before it is over.</param>
internal sealed class MpiOperation(params Action<MpiRequests>[] phases) : IPendingCollective
{
    private readonly TaskCompletionSource over = new();
    private readonly long beginning = Stopwatch.GetTimestamp();
    private int begun;

    /// <inheritdoc/>
    public TimeSpan Duration { get; private set; }

    /// <inheritdoc/>
    public void Wait() => over.Task.Wait();

    /// <summary>Moves what is under way, begins what is next, and says whether all is over.</summary>
    public bool Advance(MpiRequests requests)
    {
        while (requests.AreOver())
        {
            if (begun == phases.Length)
            {
                Duration = Stopwatch.GetElapsedTime(beginning);
                over.SetResult();
                return true;
            }
            phases[begun++](requests);
        }
        return false;
    }
}
