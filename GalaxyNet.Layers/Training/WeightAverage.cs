namespace GalaxyNet.Layers;

/// <summary>
/// A moving average of a network's weights and running statistics over its training steps: often a better network than
/// any single step's, for the noise of the steps averages out. See <see cref="MovingAverage"/> for the formula.
/// </summary>
/// <remarks>
/// The first steps are forgotten sooner, or the random first weights would stay for long: at update k from 0 the decay
/// is at most (1 + k) / (10 + k).
/// </remarks>
public sealed class WeightAverage : IDisposable
{
    private readonly Sequential network;
    private readonly float decay;
    private readonly MovingAverage average;
    private readonly ParameterBlock values;
    private readonly ParameterBlock statistics;
    private readonly Counter updates = new("average.updates");

    /// <summary>Starts from the network as it is.</summary>
    /// <param name="network">The network, which the caller disposes.</param>
    /// <param name="decay">How much of the average stays from step to step, such as 0.999.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is not in [0, 1).</exception>
    public WeightAverage(Sequential network, float decay)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (decay is not (>= 0f and < 1f))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "A decay is in [0, 1).");
        this.network = network;
        this.decay = decay;
        average = new MovingAverage(network.Device);
        using var construction = Construction.Begin();
        values = new ParameterBlock(network.Device, network.Values.Layout);
        statistics = new ParameterBlock(network.Device, network.Statistics.Layout);
        construction.Complete();
    }

    /// <summary>What it remembers, by name: a resumed run needs it back.</summary>
    public IReadOnlyList<StateEntry> State =>
        [updates, .. values.State("average."), .. statistics.State("average.")];

    /// <summary>The averages of the weights.</summary>
    internal ParameterBlock Values => values;

    /// <summary>Takes in the weights after a step.</summary>
    public void Update()
    {
        UpdateValues(0, network.Values.Flat.Count);
        CountStep();
    }

    /// <summary>Takes in some of the weights, which lie one behind the other in the network's block.</summary>
    internal void UpdateValues(int start, int length) =>
        average.Update(values.Part(start, length), network.Values.Part(start, length), Kept);

    /// <summary>Takes in the running statistics and counts a step, once all weights are taken in.</summary>
    internal void CountStep()
    {
        average.Update(statistics.Flat, network.Statistics.Flat, Kept);
        updates.Value++;
    }

    /// <summary>
    /// Gives the network the averages until the result is disposed, which gives it its own weights back. Train only
    /// after that. Before the first <see cref="Update"/> nothing changes.
    /// </summary>
    public IDisposable Use()
    {
        Exchange();
        return new Exchanged(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        values.Dispose();
        statistics.Dispose();
    }

    /// <summary>How much of the average stays in the next step.</summary>
    private float Kept => updates.Value == 0 ? 0f : Math.Min(decay, (1f + updates.Value) / (10f + updates.Value));

    private void Exchange()
    {
        if (updates.Value == 0)
            return;
        network.Values.Flat.Exchange(values.Flat);
        network.Statistics.Flat.Exchange(statistics.Flat);
    }

    private sealed class Exchanged(WeightAverage average) : IDisposable
    {
        private WeightAverage? inUse = average;

        public void Dispose()
        {
            inUse?.Exchange();
            inUse = null;
        }
    }
}
