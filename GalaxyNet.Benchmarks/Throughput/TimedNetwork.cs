namespace GalaxyNet.Benchmarks;

/// <summary>Attempt 4 on random images, to be timed.</summary>
internal sealed class TimedNetwork : IDisposable
{
    private static readonly float[] EqualWeights =
        [.. Enumerable.Repeat(1f / GalaxyZooNetworks.Classes, GalaxyZooNetworks.Classes)];

    private readonly AdamOptimizer optimizer;
    private readonly TrainingStep step;
    private readonly Tensor input;
    private readonly Tensor target;

    public TimedNetwork(Device device, int batch)
    {
        var attempt = GalaxyZooNetworks.Attempt(4);
        Network = attempt.Create(device, batch, seed: 42);
        optimizer = new AdamOptimizer(Network);
        step = new TrainingStep(Network, optimizer, EqualWeights);
        var inputShape = attempt.InputShape.Batch(batch);
        var targetShape = Network.OutputShape.Batch(batch);
        input = device.Allocate(inputShape, Values.Between(0, 1)(inputShape, 1));
        target = device.Allocate(targetShape, Values.Between(0, 1)(targetShape, 2));
    }

    /// <summary>The network.</summary>
    public Sequential Network { get; }

    /// <summary>Takes a step of training.</summary>
    public void Train() => step.Run(input, target);

    /// <summary>Images per second, as medians over so many steps.</summary>
    public PassRates Rates(int steps, CancellationToken cancellation)
    {
        int batch = input.Shape[0];
        double train = RunTimes.MedianOf(Network.Device, steps, Train, cancellation);
        double infer = RunTimes.MedianOf(
            Network.Device, steps, () => Network.Forward(input, Mode.Evaluation), cancellation);
        return new PassRates(batch / train, batch / infer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        target.Dispose();
        input.Dispose();
        step.Dispose();
        optimizer.Dispose();
        Network.Dispose();
    }
}
