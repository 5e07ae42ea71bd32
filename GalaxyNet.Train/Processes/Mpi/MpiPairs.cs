namespace GalaxyNet.Train;

/// <summary>In which order a process exchanges something with all others.</summary>
internal static class MpiPairs
{
    /// <summary>
    /// From which process to receive, and to which to send, one pair after the other: no two processes send to the same
    /// one at a time, so that all links are busy.
    /// </summary>
    public static IEnumerable<(int From, int To)> Of(int rank, int size) =>
        from distance in Enumerable.Range(1, size - 1)
        select ((rank + size - distance) % size, (rank + distance) % size);
}
