namespace GalaxyNet.Train;

/// <summary>Processes that a launcher of MPI has started.</summary>
internal sealed class MpiProcesses : ICollective
{
    private readonly MpiThread thread;

    /// <inheritdoc cref="MpiThread(MpiLibrary, Launcher, Action{string}, CancellationToken)"/>
    public MpiProcesses(
        MpiLibrary library, Launcher launcher, Action<string> say, CancellationToken interruption) =>
        thread = new MpiThread(library, launcher, say, interruption);

    /// <inheritdoc/>
    public int Rank => thread.Rank;

    /// <inheritdoc/>
    public int Size => thread.Size;

    /// <inheritdoc/>
    public void Barrier() => thread.Begin(new MpiOperation(requests => requests.Barrier())).Wait();

    /// <inheritdoc/>
    public unsafe void Broadcast(Span<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var all = new HostBytes((nint)start, bytes.Length);
            thread.Begin(new MpiOperation(requests => requests.Broadcast(all))).Wait();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> AllGather(ReadOnlySpan<byte> bytes)
    {
        var gather = new MpiGather(bytes.ToArray(), Rank, Size);
        thread.Begin(gather.Operation()).Wait();
        return gather.All;
    }

    /// <inheritdoc/>
    public IPendingCollective BeginAllToAll(HostFloats sent, HostFloats received)
    {
        var blocks = new Blocks(sent.Length, Size);
        int length = blocks.LengthOf(Rank);
        return thread.Begin(new MpiOperation(requests => ExchangeWithOthers(
            requests,
            to => sent.Part(blocks.Start(to), blocks.LengthOf(to)),
            from => received.Part(from * length, length))));
    }

    /// <inheritdoc/>
    public IPendingCollective BeginAllGather(HostFloats numbers)
    {
        var blocks = new Blocks(numbers.Length, Size);
        return thread.Begin(new MpiOperation(requests => ExchangeWithOthers(
            requests,
            _ => numbers.Part(blocks.Start(Rank), blocks.LengthOf(Rank)),
            from => numbers.Part(blocks.Start(from), blocks.LengthOf(from)))));
    }

    /// <inheritdoc/>
    public void Abort(string message, int exitCode) => thread.Fail(message, exitCode);

    /// <inheritdoc/>
    public void Dispose() => thread.Leave();

    /// <summary>Sends something to each process and receives something.</summary>
    private void ExchangeWithOthers(
        MpiRequests requests, Func<int, HostFloats> sent, Func<int, HostFloats> received)
    {
        foreach (var (from, to) in MpiPairs.Of(Rank, Size))
        {
            requests.Receive(received(from), from);
            requests.Send(sent(to), to);
        }
    }
}
