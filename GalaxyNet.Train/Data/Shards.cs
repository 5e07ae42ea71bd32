namespace GalaxyNet.Train;

/// <summary>Parts into which images are dealt, each of which one of the processes owns.</summary>
/// <param name="Processes">The processes.</param>
/// <param name="Count">How many shards: as many for each process.</param>
internal sealed record Shards(ICollective Processes, int Count)
{
    /// <summary>A single one, of a process that works alone.</summary>
    public static Shards One { get; } = OfEach(new OneProcess());

    /// <summary>What of its machine this process may use.</summary>
    public MachineShare Machine { get; init; } = MachineShare.OfOneProcess;

    /// <summary>Those of this process.</summary>
    public IEnumerable<int> Own => Enumerable.Range(Processes.Rank * PerProcess, PerProcess);

    private int PerProcess => Count / Processes.Size;

    /// <summary>One for each process, all of which call this.</summary>
    public static Shards OfEach(ICollective processes) =>
        new(processes, processes.Size) { Machine = MachineShare.Of(processes) };

    /// <summary>The shard that an image comes to first, by its place in a list that all processes have.</summary>
    public int HomeOf(int image) => image % Count;

    /// <summary>The process that owns a shard.</summary>
    public int OwnerOf(int shard) => shard / PerProcess;

    /// <summary>True if this process owns a shard.</summary>
    public bool IsOwn(int shard) => OwnerOf(shard) == Processes.Rank;
}
