using System.Runtime.CompilerServices;

namespace GalaxyNet.Layers;

/// <summary>
/// The few numbers of a step that every process tells all others: of each of its shards the loss and what its pass has
/// made of the running statistics, and whether it wants to stop.
/// </summary>
internal sealed class StepSummary
{
    private readonly ICollective processes;
    private readonly int shards;
    private readonly int statistics;
    private readonly int blockLength;
    private readonly float[] numbers; // pinned: a block for each process
    private IPendingCollective? gather;

    /// <summary>Allocates memory for the numbers of all.</summary>
    /// <param name="processes">The processes.</param>
    /// <param name="shards">The shards of all of them.</param>
    /// <param name="statistics">How many running statistics the network has.</param>
    public StepSummary(ICollective processes, int shards, int statistics)
    {
        this.processes = processes;
        this.shards = shards / processes.Size;
        this.statistics = statistics;
        int own = 1 + (this.shards * (1 + statistics));
        blockLength = Rounding.RoundUp(own, ParameterLayout.Alignment); // at which blocks lie side by side
        numbers = GC.AllocateArray<float>(blockLength * processes.Size, pinned: true);
    }

    /// <summary>True once a process has said that it wants to stop after this step.</summary>
    public bool Stops => Enumerable.Range(0, processes.Size).Any(rank => Block(rank)[0] != 0);

    /// <summary>The loss of the whole mini-batch.</summary>
    public float Loss => Sum(1)[0];

    /// <summary>The shards whose loss is not finite.</summary>
    public IEnumerable<int> BadShards => Enumerable.Range(0, shards * processes.Size)
        .Where(shard => !float.IsFinite(OfShard(shard)[0]));

    /// <summary>Sets what this process wants.</summary>
    public void Begin(bool stops)
    {
        var own = Block(processes.Rank);
        own.Clear();
        own[0] = stops ? 1 : 0;
    }

    /// <summary>Sets the loss of one of this process's own shards.</summary>
    public void SetLoss(int own, float loss) => OfShard((processes.Rank * shards) + own)[0] = loss;

    /// <summary>The running statistics of one of this process's own shards.</summary>
    public Span<float> StatisticsOf(int own) => OfShard((processes.Rank * shards) + own)[1..];

    /// <summary>Begins to tell all.</summary>
    public unsafe void Send() => gather = processes.BeginAllGather(
        new HostFloats((nint)Unsafe.AsPointer(ref numbers[0]), numbers.Length));

    /// <summary>Waits for the numbers of all.</summary>
    public void Receive(CommunicationClock clock) => clock.Wait(gather!);

    /// <summary>The mean of the running statistics, in the order of <see cref="TreeSum"/>.</summary>
    /// <param name="parts">How many shards had images; the others count as zeros.</param>
    public float[] MeanStatistics(int parts) => Array.ConvertAll(Sum(1 + statistics)[1..], sum => sum / parts);

    /// <summary>The sums over the shards of the first numbers of each, as <see cref="TreeSum"/> adds.</summary>
    private float[] Sum(int count)
    {
        float[][] sums = [.. Enumerable.Range(0, shards * processes.Size).Select(i => OfShard(i)[..count].ToArray())];
        foreach (var (sum, added) in TreeSum.Additions(sums.Length))
        {
            for (int j = 0; j < count; j++)
                sums[sum][j] += sums[added][j];
        }
        return sums[0];
    }

    private Span<float> Block(int rank) => numbers.AsSpan(rank * blockLength, blockLength);

    private Span<float> OfShard(int shard) =>
        Block(shard / shards).Slice(1 + (shard % shards * (1 + statistics)), 1 + statistics);
}
