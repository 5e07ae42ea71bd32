namespace GalaxyNet.Train;

/// <summary>Tells every process the bytes of all, which may differ in length: first their lengths, then them.</summary>
/// <param name="own">The bytes of this process.</param>
/// <param name="rank">The number of this process.</param>
/// <param name="size">How many there are.</param>
internal sealed class MpiGather(byte[] own, int rank, int size)
{
    private readonly byte[] ownBytes = Pinned(own);
    private readonly byte[] ownLength = Pinned(BitConverter.GetBytes((long)own.Length));
    private readonly byte[][] lengths = [.. Enumerable.Range(0, size).Select(_ => Pinned(new byte[sizeof(long)]))];
    private readonly byte[][] all = new byte[size][];

    /// <summary>The bytes of all, by rank, once the operation is over.</summary>
    public IReadOnlyList<byte[]> All => all;

    /// <summary>What does it.</summary>
    public MpiOperation Operation() => new(ExchangeLengths, Exchange);

    private void ExchangeLengths(MpiRequests requests) => ExchangeWithOthers(requests, ownLength, lengths);

    private void Exchange(MpiRequests requests)
    {
        foreach (var (other, length) in lengths.Index())
        {
            all[other] = other == rank
                ? ownBytes
                : GC.AllocateUninitializedArray<byte>(BitConverter.ToInt32(length), pinned: true);
        }
        ExchangeWithOthers(requests, ownBytes, all);
    }

    private void ExchangeWithOthers(MpiRequests requests, byte[] sent, byte[][] received)
    {
        foreach (var (from, to) in MpiPairs.Of(rank, size))
        {
            requests.Receive(HostBytes.Of(received[from]), from);
            requests.Send(HostBytes.Of(sent), to);
        }
    }

    private static byte[] Pinned(byte[] bytes)
    {
        byte[] pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned, 0);
        return pinned;
    }
}
