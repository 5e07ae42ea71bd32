using System.Runtime.InteropServices;

namespace GalaxyNet.Tests;

/// <summary>A few steps over shards of the same mini-batches, by one of several processes.</summary>
/// <param name="shards">Into how many shards a mini-batch is split.</param>
/// <param name="open">Opens a device.</param>
internal sealed class ShardedTraining(int shards, Func<Device> open)
{
    public const int Batch = 8;

    public static readonly float[] ClassWeights = [0.2f, 0.3f, 0.5f];

    /// <summary>The sizes of the mini-batches; in the last one parts are short or empty.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [Batch, Batch, 5];

    public IReadOnlyList<Layer> Layers { get; init; } = SmallNetwork.Layers;

    public bool UsesSgd { get; init; }

    /// <summary>Puts another number into an image: (step, row) or nothing.</summary>
    public (int Step, int Row, float Value)? Spoiled { get; init; }

    /// <summary>The process that wants to stop after the first step.</summary>
    public int? Stopping { get; init; }

    /// <summary>Trains on so many processes.</summary>
    public IReadOnlyList<ShardedResult> On(int processes) => ThreadProcesses.Run(processes, Train);

    private ShardedResult Train(ICollective processes)
    {
        using var device = open();
        using var network = new Sequential(device, SmallNetwork.InputShape, Batch / shards, seed: 1, Layers);
        using Optimizer optimizer = UsesSgd ? new SgdOptimizer(network, 0.1f, 0.9f) : new AdamOptimizer(network, 0.01f);
        using var average = new WeightAverage(network, 0.9f);
        using var step = new ShardedStep(
            network, (IPartialOptimizer)optimizer, average, ClassWeights, shards, processes);
        var losses = new List<float>();
        bool stops = false;
        for (int i = 0; i < Batches.Count && !stops; i++)
        {
            var result = step.Run(
                Batches[i],
                Stopping == processes.Rank,
                own => Rows(device, i, (processes.Rank * shards / processes.Size) + own));
            losses.Add(result.Loss);
            stops = result.Stops;
        }
        step.CompleteState();
        StateEntry[] state = [.. network.Weights, network.Steps, .. optimizer.State, .. average.State];
        return new ShardedResult(
            losses,
            [.. state.Select(entry => (entry.Name, entry.ToBytes()))],
            network.Parameters.ToDictionary(each => each.Name, each => each.Gradient.ToArray()));
    }

    /// <summary>The rows of a shard in a step; null if there are none.</summary>
    private ShardRows? Rows(Device device, int step, int shard)
    {
        var (input, target) = Numbers(step);
        int first = shard * Batches[step] / shards;
        int end = (shard + 1) * Batches[step] / shards;
        if (end == first)
            return null;
        int image = SmallNetwork.InputShape.Count;
        return new ShardRows(
            device.Allocate(SmallNetwork.InputShape.Batch(end - first), input.AsSpan()[(first * image)..(end * image)]),
            device.Allocate(
                [end - first, SmallNetwork.Outputs],
                target.AsSpan()[(first * SmallNetwork.Outputs)..(end * SmallNetwork.Outputs)]),
            first);
    }

    /// <summary>The images and targets of a whole mini-batch.</summary>
    public (float[] Input, float[] Target) Numbers(int step)
    {
        float[] input = Values.Uniform(SmallNetwork.InputShape.Batch(Batches[step]), 50 + step);
        if (Spoiled is { } spoiled && spoiled.Step == step)
            input[spoiled.Row * SmallNetwork.InputShape.Count] = spoiled.Value;
        return (input, Values.Between(0f, 1f)([Batches[step], SmallNetwork.Outputs], 60 + step));
    }
}

/// <summary>What training has made.</summary>
/// <param name="Losses">The losses of the steps.</param>
/// <param name="State">All that training changes, as a checkpoint has it.</param>
/// <param name="Gradients">What the last backward pass, and the sums in the process, have left.</param>
internal sealed record ShardedResult(
    IReadOnlyList<float> Losses,
    IReadOnlyList<(string Name, byte[] Bytes)> State,
    IReadOnlyDictionary<string, float[]> Gradients)
{
    /// <summary>The numbers of a tensor.</summary>
    public float[] Numbers(string name) =>
        MemoryMarshal.Cast<byte, float>(State.Single(entry => entry.Name == name).Bytes).ToArray();

    /// <summary>The names of what differs.</summary>
    public IEnumerable<string> DifferencesTo(ShardedResult other) =>
    [
        .. Losses.SequenceEqual(other.Losses) ? [] : new[] { "losses" },
        .. State.Zip(other.State)
            .Where(pair => !pair.First.Bytes.AsSpan().SequenceEqual(pair.Second.Bytes)).Select(pair => pair.First.Name),
    ];
}
