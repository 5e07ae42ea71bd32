using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>How a training step went.</summary>
/// <param name="Loss">The mean loss of its pictures.</param>
/// <param name="Pictures">How many they were.</param>
internal readonly record struct StepResult(float Loss, int Pictures);

/// <summary>Feeds a network with pictures in mini-batches, to train it or to hear what it says.</summary>
/// <remarks>
/// On a GPU, steps queue up: the host waits for the device only to read losses, every <see cref="TrainingStep.LossesKept"/> steps.
/// Each batch until then has memory of its own on the device, so that it can be copied there while earlier ones are computed.
/// </remarks>
internal sealed class BatchLoop : IDisposable
{
    private readonly Sequential network;
    private readonly MiniBatches batches;
    private readonly Rotation rotation;
    private readonly Uploads uploads;
    private readonly BatchOnDevice[] slots;
    private readonly Tensor input;
    private readonly List<int> unread = [];
    private readonly List<StepResult> results = [];

    /// <summary>Prepares batches of the network's largest size.</summary>
    /// <param name="network">A network of one output row for each picture.</param>
    /// <param name="pixels">All pictures: [pictures, channels, height, width] of the network's input.</param>
    /// <param name="targets">What it should say about each: [pictures, outputs]; nothing if it only predicts.</param>
    /// <param name="interpolation">How to rotate them.</param>
    public BatchLoop(Sequential network, byte[] pixels, float[] targets, Interpolation interpolation = Interpolation.Cubic)
    {
        this.network = network;
        var device = network.Device;
        batches = new MiniBatches(device, pixels, targets, network.InputShape.Count, network.MaxBatch);
        rotation = new Rotation(device, interpolation);
        uploads = new Uploads(device);
        // The CPU computes a step before it returns from it: there is nothing to queue.
        int queued = device.Schedule == Schedule.Cpu ? 1 : TrainingStep.LossesKept;
        slots = [.. Enumerable.Range(0, queued).Select(_ => new BatchOnDevice(network))];
        input = device.Allocate(network.InputShape.Batch(network.MaxBatch));
    }

    /// <summary>Takes one training step for each batch, when its size is asked for; the losses come from <see cref="TakeResults"/>.</summary>
    /// <param name="step">The step of the same network.</param>
    /// <param name="order">Which pictures, in this order.</param>
    /// <param name="orientationOf">How to turn a picture.</param>
    /// <param name="beforeStep">Is called before each step.</param>
    /// <returns>The number of pictures of each step.</returns>
    /// <exception cref="NonFiniteException">A loss is infinite or no number; on a GPU this shows some steps later.</exception>
    public IEnumerable<int> Train(
        TrainingStep step, int[] order, Func<int, Orientation> orientationOf, Action beforeStep)
    {
        foreach (var batch in batches.Read(order, orientationOf))
        {
            var slot = slots[unread.Count];
            slot.Upload(uploads, batch);
            beforeStep();
            var rows = input.FirstRows(batch.Count);
            rotation.Forward(slot.Pixels, slot.Orientations, rows);
            step.Run(rows, slot.TargetRows(batch.Count));
            unread.Add(batch.Count);
            if (unread.Count == slots.Length)
                ReadLosses(step);
            yield return batch.Count;
        }
    }

    /// <summary>How the steps went that were taken since the last call. This waits for the device.</summary>
    /// <exception cref="NonFiniteException">A loss is infinite or no number.</exception>
    public IReadOnlyList<StepResult> TakeResults(TrainingStep step)
    {
        ReadLosses(step);
        StepResult[] taken = [.. results];
        results.Clear();
        return taken;
    }

    /// <summary>What the network says about pictures, on average over views of them.</summary>
    /// <param name="order">Which pictures, in this order.</param>
    /// <param name="views">How each picture is turned for the network to look at.</param>
    /// <param name="progress">Gets the number of pictures done and of all.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>[pictures, outputs].</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[] Predict(
        int[] order,
        Orientation[] views,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        int outputs = network.OutputShape.Count;
        var predictions = new float[order.Length * outputs];
        int done = 0;
        foreach (var batch in batches.Read(order, static _ => default))
        {
            var rows = input.FirstRows(batch.Count);
            var sums = predictions.AsSpan(done * outputs, batch.Count * outputs);
            foreach (var view in views)
            {
                cancellation.ThrowIfCancellationRequested();
                batch.Orientations.Span.Fill(view);
                slots[0].Upload(uploads, batch);
                if (view == default)
                    rotation.Convert(slots[0].Pixels, rows);
                else
                    rotation.Forward(slots[0].Pixels, slots[0].Orientations, rows);
                float[] answers = network.Forward(rows, Mode.Evaluation).ToArray();
                for (int i = 0; i < sums.Length; i++)
                    sums[i] += answers[i] / views.Length;
            }
            done += batch.Count;
            progress?.Invoke(done, order.Length);
        }
        return predictions;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        input.Dispose();
        foreach (var slot in slots)
            slot.Dispose();
        uploads.Dispose();
        rotation.Dispose();
        batches.Dispose();
    }

    private void ReadLosses(TrainingStep step)
    {
        if (unread.Count == 0)
            return;
        float[] losses = step.ReadLosses(unread.Count);
        if (!Array.TrueForAll(losses, float.IsFinite))
            throw new NonFiniteException("one of the last losses is infinite or no number");
        results.AddRange(losses.Zip(unread, (loss, pictures) => new StepResult(loss, pictures)));
        unread.Clear();
    }
}
