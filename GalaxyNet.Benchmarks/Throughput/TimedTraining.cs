namespace GalaxyNet.Benchmarks;

/// <summary>Steps of training with random targets and equal weights of the classes, to be timed.</summary>
internal sealed class TimedTraining : IDisposable
{
    private readonly AdamOptimizer optimizer;
    private readonly TrainingStep step;
    private readonly Tensor target;

    /// <summary>Prepares steps of the network's largest batch.</summary>
    public TimedTraining(Sequential network)
    {
        optimizer = new AdamOptimizer(network);
        int classes = network.OutputShape.Count;
        step = new TrainingStep(network, optimizer, [.. Enumerable.Repeat(1f / classes, classes)]);
        var shape = network.OutputShape.Batch(network.MaxBatch);
        target = network.Device.Allocate(shape, Values.Between(0, 1)(shape, 2));
    }

    /// <summary>Takes a step.</summary>
    public void Step(Tensor input) => step.Run(input, target);

    /// <inheritdoc/>
    public void Dispose()
    {
        target.Dispose();
        step.Dispose();
        optimizer.Dispose();
    }
}
