using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>How a training step went.</summary>
/// <param name="Loss">The mean loss of its pictures.</param>
/// <param name="Pictures">How many they were.</param>
internal readonly record struct StepResult(float Loss, int Pictures);

/// <summary>Feeds a network with pictures in mini-batches, to train it or to hear what it says.</summary>
internal sealed class BatchLoop : IDisposable
{
    private readonly Sequential network;
    private readonly MiniBatches batches;
    private readonly Rotation rotation;
    private readonly DeviceBuffer<byte> pictures;
    private readonly DeviceBuffer<Orientation> orientations;
    private readonly Tensor input;
    private readonly Tensor target;

    /// <summary>Prepares batches of the network's largest size.</summary>
    /// <param name="network">A network of one output row for each picture.</param>
    /// <param name="pixels">All pictures: [pictures, channels, height, width] of the network's input.</param>
    /// <param name="targets">What it should say about each: [pictures, outputs]; nothing if it only predicts.</param>
    public BatchLoop(Sequential network, byte[] pixels, float[] targets)
    {
        this.network = network;
        var device = network.Device;
        var inputShape = network.InputShape.Batch(network.MaxBatch);
        batches = new MiniBatches(pixels, targets, network.InputShape.Count, network.MaxBatch);
        rotation = new Rotation(device);
        pictures = device.AllocateBuffer<byte>(inputShape.Count);
        orientations = device.AllocateBuffer<Orientation>(network.MaxBatch);
        input = device.Allocate(inputShape);
        target = device.Allocate(network.OutputShape.Batch(network.MaxBatch));
    }

    /// <summary>Takes one training step for each batch, when its result is asked for.</summary>
    /// <param name="step">The step of the same network.</param>
    /// <param name="order">Which pictures, in this order.</param>
    /// <param name="orientationOf">How to turn a picture.</param>
    /// <param name="beforeStep">Is called before each step.</param>
    public IEnumerable<StepResult> Train(
        TrainingStep step, int[] order, Func<int, Orientation> orientationOf, Action beforeStep)
    {
        foreach (var batch in batches.Read(order, orientationOf))
        {
            var rows = target.FirstRows(batch.Count);
            rows.CopyFrom(batch.Targets.AsSpan(0, rows.Count));
            beforeStep();
            var pixels = Upload(batch);
            Turn(pixels, batch.Orientations.AsSpan(0, batch.Count));
            step.Run(pixels, rows);
            yield return new StepResult(step.ReadLoss(), batch.Count);
        }
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
            var rows = Upload(batch);
            var sums = predictions.AsSpan(done * outputs, batch.Count * outputs);
            foreach (var view in views)
            {
                cancellation.ThrowIfCancellationRequested();
                if (view == default)
                    rotation.Convert(pictures, rows);
                else
                    Turn(rows, [.. Enumerable.Repeat(view, batch.Count)]);
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
        rotation.Dispose();
        pictures.Dispose();
        orientations.Dispose();
        input.Dispose();
        target.Dispose();
    }

    private Tensor Upload(MiniBatch batch)
    {
        var rows = input.FirstRows(batch.Count);
        pictures.CopyFrom(batch.Pixels.AsSpan(0, rows.Count));
        return rows;
    }

    /// <summary>Makes the network's input from the pictures that were uploaded last.</summary>
    private void Turn(Tensor rows, ReadOnlySpan<Orientation> turns)
    {
        orientations.CopyFrom(turns);
        rotation.Forward(pictures, orientations, rows);
    }
}
