namespace GalaxyNet.Benchmarks;

/// <summary>Attempt 4 on random images, to be timed.</summary>
internal sealed class TimedNetwork : IDisposable
{
    private readonly Tensor input;
    private readonly TimedTraining? training;

    /// <summary>Builds it.</summary>
    /// <param name="device">Where.</param>
    /// <param name="batch">Images in a step.</param>
    /// <param name="onlyInfers">True for a network that cannot be trained.</param>
    public TimedNetwork(Device device, int batch, bool onlyInfers)
    {
        var attempt = GalaxyZooNetworks.Attempt(4);
        Network = attempt.Create(device, batch, seed: 42, trainable: !onlyInfers);
        training = onlyInfers ? null : new TimedTraining(Network);
        var inputShape = attempt.InputShape.Batch(batch);
        input = device.Allocate(inputShape, Values.Between(0, 1)(inputShape, 1));
    }

    /// <summary>The network.</summary>
    public Sequential Network { get; }

    /// <summary>Takes a step of training, or infers if that is all it does.</summary>
    public void Step()
    {
        if (training is null)
            Infer();
        else
            training.Step(input);
    }

    /// <summary>Images per second, as medians over so many steps.</summary>
    public PassRates Rates(int steps, CancellationToken cancellation)
    {
        double? train = training is null ? null : RateOf(() => training.Step(input));
        return new PassRates(train, RateOf(Infer));

        double RateOf(Action step) => input.Shape[0] / RunTimes.MedianOf(Network.Device, steps, step, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        input.Dispose();
        training?.Dispose();
        Network.Dispose();
    }

    private void Infer() => Network.Forward(input, Mode.Evaluation);
}
