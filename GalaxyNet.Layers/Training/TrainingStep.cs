using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>One step of training: forward, the weighted mean square error, backward, and the optimiser's update.</summary>
public sealed class TrainingStep : IDisposable
{
    private readonly Sequential network;
    private readonly Optimizer optimizer;
    private readonly WeightedMse error;
    private readonly Tensor weights;
    private readonly Tensor loss;
    private readonly Tensor outputGradient;

    /// <summary>Prepares steps for batches of up to the network's largest.</summary>
    /// <param name="network">A network whose output is a row for each image.</param>
    /// <param name="optimizer">The optimiser of that network.</param>
    /// <param name="classWeights">One weight for each element of the output row.</param>
    /// <exception cref="ArgumentException">The number of weights is not that of the outputs.</exception>
    public TrainingStep(Sequential network, Optimizer optimizer, ReadOnlySpan<float> classWeights)
    {
        this.network = network;
        this.optimizer = optimizer;
        error = new WeightedMse(network.Device);
        weights = network.Device.Allocate(network.OutputShape, classWeights);
        loss = network.Device.Allocate([1]);
        outputGradient = network.Device.Allocate(network.OutputShape.Batch(network.MaxBatch));
    }

    /// <summary>Takes one step.</summary>
    /// <param name="input">[batch, ...] of the network's input shape.</param>
    /// <param name="target">[batch, outputs]: what the output should have been.</param>
    /// <returns>The network's output before the step, in memory that the next forward pass overwrites.</returns>
    /// <exception cref="ArgumentException">The batch is too large, or a shape does not fit.</exception>
    public Tensor Run(Tensor input, Tensor target)
    {
        var output = network.Forward(input, Mode.Training);
        var gradient = outputGradient.FirstRows(output.Shape[0]);
        error.Forward(output, target, weights, loss);
        error.Backward(output, target, weights, gradient);
        network.Backward(gradient);
        optimizer.Update();
        return output;
    }

    /// <summary>The loss of the last step. This waits for the device; without it, steps queue up.</summary>
    public float ReadLoss() => loss.ToArray()[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        weights.Dispose();
        loss.Dispose();
        outputGradient.Dispose();
    }
}
