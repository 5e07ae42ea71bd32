using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>One step of training: forward, the weighted mean square error, backward, and the optimizer's update.</summary>
public sealed class TrainingStep : IDisposable
{
    /// <summary>How many losses are kept on the device until they are read.</summary>
    public const int LossesKept = 16;

    private readonly Sequential network;
    private readonly Optimizer optimizer;
    private readonly WeightedMse error;
    private readonly Tensor weights;
    private readonly DeviceBuffer<float> losses;
    private readonly HostBuffer<float> copiedLosses;
    private readonly AsyncCopies copies;
    private readonly Tensor outputGradient;
    private long steps;
    private bool disposed;

    /// <summary>
    /// True to read each loss before the parameters are updated, and to stop where it is not finite. This waits for the device;
    /// without it, steps queue up.
    /// </summary>
    public bool ReadsEachLoss { get; init; }

    /// <summary>Prepares steps for batches of up to the network's largest.</summary>
    /// <param name="network">A network whose output is a row for each image.</param>
    /// <param name="optimizer">The optimizer of that network.</param>
    /// <param name="classWeights">One weight for each element of the output row.</param>
    /// <exception cref="ArgumentException">
    /// The optimizer is another network's, or the number of weights is not that of the outputs.
    /// </exception>
    public TrainingStep(Sequential network, Optimizer optimizer, ReadOnlySpan<float> classWeights)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!ReferenceEquals(optimizer.Network, network))
            throw new ArgumentException("The optimizer is another network's.", nameof(optimizer));
        if (network.OutputShape.Rank != 1)
            throw new ArgumentException(
                $"The loss needs a row of outputs for each image, not {network.OutputShape}: flatten them.", nameof(network));
        this.network = network;
        this.optimizer = optimizer;
        error = new WeightedMse(network.Device);
        using var construction = Construction.Begin();
        weights = network.Device.Allocate(network.OutputShape, classWeights);
        losses = network.Device.AllocateBuffer<float>(LossesKept);
        copiedLosses = network.Device.AllocateHostBuffer<float>(LossesKept);
        copies = new AsyncCopies(network.Device);
        outputGradient = network.Device.Allocate(network.OutputShape.Batch(network.MaxBatch));
        construction.Complete();
    }

    /// <summary>Takes one step.</summary>
    /// <param name="input">[batch, ...] of the network's input shape.</param>
    /// <param name="target">[batch, outputs]: what the output should have been.</param>
    /// <returns>The network's output before the step, in memory that the next forward pass overwrites.</returns>
    /// <exception cref="ArgumentException">The batch is too large, a shape does not fit, or a tensor lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">The step, its optimizer, its network or a tensor has been disposed. Nothing has changed then.</exception>
    /// <exception cref="NonFiniteException">
    /// With <see cref="ReadsEachLoss"/>: the loss is NaN or infinite. The parameters are as they were before the step, and the message says which layer or
    /// parameter is the first that is not sound.
    /// </exception>
    public Tensor Run(Tensor input, Tensor target)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ObjectDisposedException.ThrowIf(optimizer.IsDisposed, optimizer);
        input.Require(network.Device, nameof(input));
        target.Require(network.Device, network.OutputShape.Batch(input.Shape[0]), nameof(target));
        var output = network.Forward(input, Mode.Training);
        var gradient = outputGradient.FirstRows(output.Shape[0]);
        error.Forward(output, target, weights, Tensor.View(losses, (int)(steps % LossesKept), [1]));
        error.Backward(output, target, weights, gradient);
        network.Backward(gradient);
        steps++;
        if (ReadsEachLoss)
            RequireFiniteLoss(input);
        optimizer.Update();
        return output;
    }

    /// <summary>The loss of the last step. This waits for the device; without it, steps queue up.</summary>
    /// <exception cref="InvalidOperationException">There has been no step.</exception>
    /// <exception cref="ObjectDisposedException">The step or its device has been disposed.</exception>
    public float ReadLoss() => ReadLosses(1)[0];

    /// <summary>The losses of the last steps, the earliest first. This waits for the device; without it, steps queue up.</summary>
    /// <param name="count">How many: 1 to <see cref="LossesKept"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not kept, or there were not so many steps.</exception>
    /// <exception cref="InvalidOperationException">There has been no step.</exception>
    /// <exception cref="ObjectDisposedException">The step or its device has been disposed.</exception>
    public float[] ReadLosses(int count)
    {
        network.Device.Synchronize();
        return ReadFinishedLosses(count, 0);
    }

    /// <summary>The losses of steps that the device has finished, the earliest first. This does not wait for later ones.</summary>
    /// <param name="count">How many: 1 to <see cref="LossesKept"/>, together with the later ones.</param>
    /// <param name="later">How many steps were launched after those; a <see cref="QueueMark"/> before them tells when those are finished.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not kept, or there were not so many steps.</exception>
    /// <exception cref="InvalidOperationException">There has been no step.</exception>
    /// <exception cref="ObjectDisposedException">The step or its device has been disposed.</exception>
    public float[] ReadFinishedLosses(int count, int later)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (steps == 0)
            throw new InvalidOperationException("There is no loss before the first step.");
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(later);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (int)Math.Min(steps, LossesKept) - later);
        copies.Begin(losses, copiedLosses);
        copies.Wait();
        long first = steps - later - count;
        return [.. Enumerable.Range(0, count).Select(i => copiedLosses.Span[(int)((first + i) % LossesKept)])];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        weights.Dispose();
        losses.Dispose();
        copies.Dispose();
        copiedLosses.Dispose();
        outputGradient.Dispose();
    }

    private void RequireFiniteLoss(Tensor input)
    {
        float loss = ReadLoss();
        if (float.IsFinite(loss))
            return;
        string origin = network.FindNonFinite(input)
            ?? "the loss itself, for the output is finite, but too large to be squared";
        throw new NonFiniteException($"the loss is {loss}, and the first to be so is {origin}");
    }
}
