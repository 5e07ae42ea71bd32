namespace GalaxyNet.Train;

/// <summary>What a thread has begun among the processes of a communicator, and what of it is not over.</summary>
/// <param name="library">The library.</param>
/// <param name="communicator">The processes; what is sent there is received there.</param>
internal sealed class MpiRequests(MpiLibrary library, nint communicator)
{
    private const int MostBytes = 1 << 30; // of a message, whose length is an int

    private readonly Queue<nint> open = [];

    /// <summary>Moves what is under way, and says whether all is over.</summary>
    public bool AreOver()
    {
        while (open.TryPeek(out nint request))
        {
            if (!library.Test(request))
                return false;
            open.Dequeue();
        }
        return true;
    }

    /// <summary>Begins to send numbers to a process.</summary>
    public void Send(HostFloats numbers, int rank)
    {
        if (numbers.Length > 0)
            open.Enqueue(
                library.Send(communicator, numbers.Address, numbers.Length, library.Names.Float, rank));
    }

    /// <summary>Begins to receive numbers from a process, which sends as many.</summary>
    public void Receive(HostFloats numbers, int rank)
    {
        if (numbers.Length > 0)
            open.Enqueue(
                library.Receive(communicator, numbers.Address, numbers.Length, library.Names.Float, rank));
    }

    /// <summary>Begins to send bytes to a process.</summary>
    public void Send(HostBytes bytes, int rank)
    {
        foreach (var part in bytes.Parts(MostBytes))
            open.Enqueue(library.Send(communicator, part.Address, (int)part.Length, library.Names.Byte, rank));
    }

    /// <summary>Begins to receive bytes from a process, which sends as many.</summary>
    public void Receive(HostBytes bytes, int rank)
    {
        foreach (var part in bytes.Parts(MostBytes))
            open.Enqueue(library.Receive(communicator, part.Address, (int)part.Length, library.Names.Byte, rank));
    }

    /// <summary>Begins to overwrite the bytes of all processes with those of process 0.</summary>
    public void Broadcast(HostBytes bytes)
    {
        foreach (var part in bytes.Parts(MostBytes))
            open.Enqueue(library.Broadcast(communicator, part.Address, (int)part.Length));
    }

    /// <summary>Begins to wait for all processes.</summary>
    public void Barrier() => open.Enqueue(library.Barrier(communicator));
}
