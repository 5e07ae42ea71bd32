namespace GalaxyNet.Layers;

/// <summary>One step of training: forward, the loss, backward, and the optimizer's update.</summary>
/// <remarks>
/// Loss and optimizer may be a program's own: see <see cref="ILoss"/> and <see cref="Optimizer"/>. After the step, its
/// optimizer, its network or an argument has been disposed, a method throws an <see cref="ObjectDisposedException"/>
/// and changes nothing.
///
/// Write each batch to the same tensors: an NVIDIA GPU is given a pass whole where its tensors have come before.
/// </remarks>
public sealed class TrainingStep : IDisposable
{
    private readonly Sequential network;
    private readonly Optimizer optimizer;
    private readonly ILoss loss;
    private readonly WeightedMseLoss? ownLoss;
    private readonly Tensor lossValue;
    private readonly Tensor outputGradient;
    private Tensor? lastLossValue;
    private bool disposed;

    /// <summary>Prepares steps with the weighted squared error, for batches of up to the network's largest.</summary>
    /// <param name="network">A network whose output is a row for each image.</param>
    /// <param name="optimizer">The optimizer of that network.</param>
    /// <param name="classWeights">One weight for each element of the output row.</param>
    /// <exception cref="ArgumentException">
    /// The optimizer is another network's, or the number of weights is not that of the outputs.
    /// </exception>
    public TrainingStep(Sequential network, Optimizer optimizer, ReadOnlySpan<float> classWeights)
        : this(network, optimizer, null, classWeights)
    {
    }

    /// <summary>Prepares steps with any loss, for batches of up to the network's largest.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="optimizer">The optimizer of that network.</param>
    /// <param name="loss">The number to make smaller. The step does not dispose it.</param>
    /// <exception cref="ArgumentException">The optimizer is another network's.</exception>
    public TrainingStep(Sequential network, Optimizer optimizer, ILoss loss)
        : this(network, optimizer, loss ?? throw new ArgumentNullException(nameof(loss)), [])
    {
    }

    private TrainingStep(Sequential network, Optimizer optimizer, ILoss? loss, ReadOnlySpan<float> classWeights)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!ReferenceEquals(optimizer.Network, network))
            throw new ArgumentException("The optimizer is another network's.", nameof(optimizer));
        this.network = network;
        this.optimizer = optimizer;
        using var construction = Construction.Begin();
        this.loss = loss ?? (ownLoss = new WeightedMseLoss(network, classWeights));
        lossValue = network.Device.Allocate([1]);
        outputGradient = network.Device.Allocate(network.OutputShape.Batch(network.MaxBatch));
        construction.Complete();
    }

    /// <summary>
    /// True to read each loss before the parameters are updated, and to stop if it is not finite. This waits for the
    /// device; without it, steps queue up.
    /// </summary>
    public bool ReadsEachLoss { get; init; }

    /// <summary>Takes one step.</summary>
    /// <param name="input">[batch, ...] of the network's input shape.</param>
    /// <param name="target">
    /// [batch, ...] of the network's output shape: what the output should have been. To the weighted squared error NaN
    /// stands for what is not known.
    /// </param>
    /// <returns>The network's output before the step, in memory that the next forward pass overwrites.</returns>
    /// <exception cref="ArgumentException">
    /// The batch is too large, a shape does not fit, or a tensor lives on another device. Nothing has changed then.
    /// </exception>
    /// <exception cref="NonFiniteException">
    /// With <see cref="ReadsEachLoss"/>: the loss is NaN or infinite. The parameters are as they were before the step,
    /// and the message says which layer or parameter is the first that is not finite.
    /// </exception>
    public Tensor Run(Tensor input, Tensor target) => Run(input, target, lossValue);

    /// <summary>The loss of the last step. This waits for the device; without it, steps queue up.</summary>
    /// <exception cref="InvalidOperationException">There has been no step.</exception>
    public float ReadLoss()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (lastLossValue is null)
            throw new InvalidOperationException("There is no loss before the first step.");
        return lastLossValue.ToArray()[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        ownLoss?.Dispose();
        lossValue.Dispose();
        outputGradient.Dispose();
    }

    /// <summary>The same, with the loss in a tensor of the caller: it need not be read before the next step.</summary>
    internal Tensor Run(Tensor input, Tensor target, Tensor lossValue)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ObjectDisposedException.ThrowIf(optimizer.IsDisposed, optimizer);
        input.Require(network.Device, nameof(input));
        target.Require(network.Device, network.OutputShape.Batch(input.Shape[0]), nameof(target));
        var output = network.Forward(input, Mode.Training);
        var gradient = outputGradient.FirstRows(output.Shape[0]);
        if (loss is WeightedMseLoss error)
        {
            error.ForwardAndBackward(network, output, target, lossValue, gradient, output.Shape[0]);
            network.BackwardOfError(gradient);
        }
        else
        {
            loss.ForwardAndBackward(output, target, lossValue, gradient);
            network.Backward(gradient);
        }
        lastLossValue = lossValue;
        if (ReadsEachLoss)
            RequireFiniteLoss(input);
        optimizer.Update();
        return output;
    }

    private void RequireFiniteLoss(Tensor input)
    {
        float value = ReadLoss();
        if (float.IsFinite(value))
            return;
        string origin = network.FindNonFinite(input) ?? (loss is WeightedMseLoss
            ? "the loss itself, for the output is finite, but too large to be squared"
            : "the loss itself, for the output is finite");
        throw new NonFiniteException($"the loss is {value}, and the first to be so is {origin}");
    }
}
