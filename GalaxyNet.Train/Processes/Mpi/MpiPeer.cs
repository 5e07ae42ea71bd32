namespace GalaxyNet.Train;

/// <summary>Another process, and the messages to it and from it.</summary>
internal sealed class MpiPeer
{
    private readonly byte[] incoming = GC.AllocateArray<byte>(MpiMessage.Bytes, pinned: true);
    private readonly byte[] outgoing = GC.AllocateArray<byte>(MpiMessage.Bytes, pinned: true);
    private readonly Queue<MpiMessage> waiting = [];
    private readonly MpiRequests received;
    private readonly MpiRequests sent;

    /// <summary>Waits for its messages from now on.</summary>
    /// <param name="library">The library.</param>
    /// <param name="communicator">The processes, for messages alone.</param>
    /// <param name="rank">The number of the process.</param>
    /// <param name="machine">Where it runs.</param>
    public MpiPeer(MpiLibrary library, nint communicator, int rank, string machine)
    {
        (Rank, Machine) = (rank, machine);
        (received, sent) = (new MpiRequests(library, communicator), new MpiRequests(library, communicator));
        received.Receive(HostBytes.Of(incoming), rank);
        Hear();
    }

    /// <summary>Its number.</summary>
    public int Rank { get; }

    /// <summary>Where it runs.</summary>
    public string Machine { get; }

    /// <summary>What users know it by.</summary>
    public string Name => $"process {Rank} on {Machine}";

    /// <summary>When it was last heard of, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long LastHeard { get; private set; }

    /// <summary>How many collectives it had begun when it was done; null before.</summary>
    public long? Begun { get; private set; }

    /// <summary>Whether it has sent its last message.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Whether nothing to it is under way.</summary>
    public bool HasAll => waiting.Count == 0 && sent.AreOver();

    /// <summary>Sends a message after those that wait.</summary>
    public void Send(MpiMessage message)
    {
        waiting.Enqueue(message);
        SendWaiting();
    }

    /// <summary>Says that this process lives, unless earlier messages have not got through.</summary>
    public void SendHeartbeat()
    {
        if (HasAll)
            Send(new MpiMessage(MpiMessageKind.Heartbeat));
    }

    /// <summary>Forgets a time in which this process itself stood still.</summary>
    public void Forgive(long milliseconds) => LastHeard += milliseconds;

    /// <summary>Sends what waits, and takes the messages that have come.</summary>
    public IEnumerable<MpiMessage> Receive()
    {
        SendWaiting();
        while (!HasLeft && received.AreOver())
        {
            var message = MpiMessage.Read(incoming);
            Take(message);
            yield return message;
        }
    }

    private void Hear() => LastHeard = Environment.TickCount64;

    private void Take(MpiMessage message)
    {
        Hear();
        if (message.Kind == MpiMessageKind.Done)
            Begun = message.Number;
        HasLeft = message.Kind == MpiMessageKind.Last;
        if (!HasLeft)
            received.Receive(HostBytes.Of(incoming), Rank);
    }

    private void SendWaiting()
    {
        while (sent.AreOver() && waiting.TryDequeue(out var message))
        {
            message.Write(outgoing);
            sent.Send(HostBytes.Of(outgoing), Rank);
        }
    }
}
