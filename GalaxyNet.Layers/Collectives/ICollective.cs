namespace GalaxyNet.Layers;

/// <summary>
/// The processes that work together, seen from one of them. All of them call the same methods in the same order; one
/// that cannot go on calls <see cref="Abort"/>.
/// </summary>
/// <remarks>
/// Methods may be called by one thread at a time. Where another process has died or cannot be reached, they never
/// return: the implementation says so in a line and ends this process, so that nothing goes on with half a result.
/// </remarks>
internal interface ICollective : IDisposable
{
    /// <summary>The number of this process, from 0.</summary>
    int Rank { get; }

    /// <summary>How many processes there are.</summary>
    int Size { get; }

    /// <summary>Waits until every process has come here.</summary>
    void Barrier();

    /// <summary>Overwrites the bytes of all processes with those of process 0, which are as many.</summary>
    void Broadcast(Span<byte> bytes);

    /// <summary>Tells every process the bytes of all, in the order of their ranks. They may differ in length.</summary>
    IReadOnlyList<byte[]> AllGather(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Begins to give every process its block of all processes' numbers: what <see cref="Blocks"/> says of them.
    /// </summary>
    /// <param name="sent">As many numbers on every process. They must be left alone until the end.</param>
    /// <param name="received">
    /// Gets this process's block of process 0's numbers, then that of process 1's, and so on: so many times the length
    /// of the block. What would be this process's own is left as it is.
    /// </param>
    IPendingCollective BeginAllToAll(HostFloats sent, HostFloats received);

    /// <summary>
    /// Begins to complete numbers of which each process has only its block: afterwards all have all of them.
    /// </summary>
    /// <param name="numbers">As many on every process. They must be left alone until the end.</param>
    IPendingCollective BeginAllGather(HostFloats numbers);

    /// <summary>Ends all processes, with one line on standard error.</summary>
    /// <param name="message">Why, in a line.</param>
    /// <param name="exitCode">The exit code of this process, which is not 0.</param>
    void Abort(string message, int exitCode);
}

/// <summary>What was begun, and takes place while other things are done.</summary>
internal interface IPendingCollective
{
    /// <summary>Waits for its end.</summary>
    void Wait();

    /// <summary>How long it took from its beginning to its end, once it is over.</summary>
    TimeSpan Duration { get; }
}
