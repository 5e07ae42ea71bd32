using System.Text;

namespace GalaxyNet.Layers;

/// <summary>
/// A step of training over a mini-batch that is split into shards, which processes share: the same step, to the bit,
/// for any number of processes.
/// </summary>
/// <remarks>
/// A shard's gradients are computed alone, batch normalization over its own images, and those of all are added as a
/// tree: see <see cref="TreeSum"/>. Each process has as many shards that follow each other, adds what it has, and sends
/// the other processes their blocks of the sum. It updates its own block of the parameters, and tells the others. What
/// is ready is sent while the rest is computed, and what comes back is waited for where the next step needs it.
/// </remarks>
internal sealed class ShardedStep : IDisposable
{
    private const int PartLength = 1 << 20; // a message of 4 MB is far from being all latency

    private readonly Sequential network;
    private readonly IPartialOptimizer optimizer;
    private readonly WeightAverage? average;
    private readonly ICollective processes;
    private readonly int shards;
    private readonly WeightedMseLoss loss;
    private readonly Tensor lossValue;
    private readonly Tensor outputGradient;
    private readonly ShardTree tree;
    private readonly TreeSum sum;
    private readonly StepSummary summary;
    private readonly PartExchange[] exchanges;
    private string? fault;

    /// <summary>Prepares steps.</summary>
    /// <param name="network">The network, built for the largest shard.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="average">The average of its weights, if there is to be one.</param>
    /// <param name="classWeights">The weights of the squared error.</param>
    /// <param name="shards">Into how many shards a mini-batch is split: a multiple of the processes.</param>
    /// <param name="processes">The processes.</param>
    public ShardedStep(
        Sequential network,
        IPartialOptimizer optimizer,
        WeightAverage? average,
        ReadOnlySpan<float> classWeights,
        int shards,
        ICollective processes)
    {
        this.network = network;
        this.optimizer = optimizer;
        this.average = average;
        this.processes = processes;
        this.shards = shards;
        network.Cut(PartLength);
        var device = network.Device;
        using var construction = Construction.Begin();
        loss = new WeightedMseLoss(network, classWeights);
        lossValue = device.Allocate([1]);
        outputGradient = device.Allocate(network.OutputShape.Batch(network.MaxBatch));
        tree = new ShardTree(network, OwnShards);
        sum = new TreeSum(device);
        summary = new StepSummary(processes, shards, network.Statistics.Flat.Count);
        exchanges =
            [.. network.Parts.Select(part => PartExchange.Create(processes, part, network.Gradients, Communication))];
        construction.Complete();
    }

    /// <summary>How long messages took.</summary>
    public CommunicationClock Communication { get; } = new();

    private int OwnShards => shards / processes.Size;

    private IEnumerable<PartExchange> FromTheOutput => exchanges.Reverse();

    /// <summary>Takes one step. All processes take it together.</summary>
    /// <param name="batch">How many images the whole mini-batch has.</param>
    /// <param name="stops">True if this process wants to stop after it.</param>
    /// <param name="load">
    /// Gives the images of one of this process's own shards, in order, on the device; null if it has none.
    /// </param>
    /// <exception cref="NonFiniteException">
    /// The loss is NaN or infinite, on all processes alike. The message says where.
    /// </exception>
    public ShardedStepResult Run(int batch, bool stops, Func<int, ShardRows?> load)
    {
        summary.Begin(stops);
        float[] statistics = network.Statistics.Flat.ToArray();
        for (int shard = 0; shard < OwnShards; shard++)
            RunShard(shard, batch, statistics, load(shard));
        foreach (var exchange in FromTheOutput)
            exchange.Send();
        summary.Receive(Communication);
        if (!float.IsFinite(summary.Loss))
            throw new NonFiniteException(DescribeFault());
        network.Statistics.Flat.CopyFrom(summary.MeanStatistics(Math.Min(batch, shards)));
        network.CountStep();
        foreach (var exchange in FromTheOutput)
            Update(exchange);
        optimizer.CountStep();
        average?.CountStep();
        foreach (var exchange in exchanges) // the next step needs those near the input first
            exchange.BeginGather(network.Values);
        return new ShardedStepResult(summary.Loss, summary.Stops);
    }

    /// <summary>
    /// Launches the passes of a shard and nothing else: so a device that only counts knows of all memory.
    /// </summary>
    public void LaunchOnce(ShardRows rows)
    {
        var output = network.ForwardPart(rows.Input, rows.FirstRow);
        var gradient = outputGradient.FirstRows(output.Shape[0]);
        loss.ForwardAndBackward(network, output, rows.Target, lossValue, gradient, output.Shape[0]);
        network.BackwardOfError(gradient);
    }

    /// <summary>Waits until this process has the weights of all, as whatever uses the network needs them.</summary>
    public void CompleteWeights()
    {
        foreach (var exchange in exchanges)
            exchange.EndGather();
    }

    /// <summary>Gives all processes the average of the weights.</summary>
    public void CompleteAverage() => Complete(average is null ? [] : [average.Values]);

    /// <summary>Gives all processes what the optimizer and the average remember, as a checkpoint needs it.</summary>
    public void CompleteState() => Complete([.. optimizer.Moments, .. average is null ? [] : new[] { average.Values }]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var exchange in exchanges)
            exchange.Dispose();
        tree.Dispose();
        outputGradient.Dispose();
        lossValue.Dispose();
        loss.Dispose();
    }

    private void RunShard(int shard, int batch, float[] statistics, ShardRows? rows)
    {
        network.Statistics.Flat.CopyFrom(statistics);
        Tensor? gradient = rows is null ? null : Forward(shard, batch, rows);
        if (shard == OwnShards - 1)
            summary.Send();
        if (gradient is not null)
        {
            network.BackwardOfError(gradient, AfterPart);
            return;
        }
        CompleteWeights(); // no pass has waited for them
        network.Gradients.Flat.Clear();
        for (int part = exchanges.Length - 1; part >= 0; part--)
            AfterPart(part);

        void AfterPart(int part)
        {
            tree.Add(shard, network.Parts[part]);
            if (shard == OwnShards - 1)
                exchanges[part].GradientsAreLaunched();
        }
    }

    /// <returns>The gradient to go back with; null if the loss is not finite.</returns>
    private Tensor? Forward(int shard, int batch, ShardRows rows)
    {
        var output = network.ForwardPart(rows.Input, rows.FirstRow, part => exchanges[part].EndGather());
        var gradient = outputGradient.FirstRows(output.Shape[0]);
        loss.ForwardAndBackward(network, output, rows.Target, lossValue, gradient, batch);
        float value = lossValue.ToArray()[0];
        network.Statistics.Flat.CopyTo(summary.StatisticsOf(shard));
        summary.SetLoss(shard, value);
        if (float.IsFinite(value))
            return gradient;
        fault ??= network.FindNonFinite(rows.Input, network.Steps.Value, rows.FirstRow)
            ?? "the loss itself, for the output is finite, but too large to be squared";
        return null;
    }

    private void Update(PartExchange exchange)
    {
        var received = exchange.Receive();
        if (received.Count == 0)
            return; // there are more processes than work
        sum.Sum(received);
        optimizer.Update(exchange.OwnStart, received[0]);
        average?.UpdateValues(exchange.OwnStart, exchange.OwnLength);
    }

    private void Complete(IEnumerable<ParameterBlock> blocks)
    {
        CompleteWeights();
        foreach (var block in blocks)
        {
            foreach (var exchange in exchanges)
                exchange.BeginGather(block);
            CompleteWeights();
        }
    }

    private string DescribeFault()
    {
        foreach (var exchange in FromTheOutput)
            exchange.Receive();
        var faults = processes.AllGather(Encoding.UTF8.GetBytes(fault ?? ""));
        if (summary.BadShards.FirstOrDefault(-1) is not (>= 0 and var shard))
            return $"the loss is {summary.Loss}, though that of each shard is finite";
        int rank = shard / OwnShards;
        string where = shards == 1 ? "" : $" in shard {shard}" + (processes.Size == 1 ? "" : $", of process {rank}");
        return $"the loss is {summary.Loss}{where}, and the first to be so is {Encoding.UTF8.GetString(faults[rank])}";
    }
}

/// <summary>Some images of a mini-batch that are computed together.</summary>
/// <param name="Input">[images, ...] of the network's input shape.</param>
/// <param name="Target">[images, outputs].</param>
/// <param name="FirstRow">Where they begin in the mini-batch.</param>
internal sealed record ShardRows(Tensor Input, Tensor Target, int FirstRow);

/// <summary>How a step went.</summary>
/// <param name="Loss">The mean loss of the mini-batch.</param>
/// <param name="Stops">True if a process wants to stop after it: then all do.</param>
internal readonly record struct ShardedStepResult(float Loss, bool Stops);
