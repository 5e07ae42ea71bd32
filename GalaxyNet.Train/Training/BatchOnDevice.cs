namespace GalaxyNet.Train;

/// <summary>A batch of images in the device's memory, with room for the network's largest batch.</summary>
/// <param name="network">The network.</param>
/// <param name="imageShape">[channels, height, width] of an image before it is resampled.</param>
internal sealed class BatchOnDevice(Sequential network, Shape imageShape) : IDisposable
{
    private readonly DeviceBuffer<float> targets =
        network.Device.AllocateBuffer<float>(network.MaxBatch * network.OutputShape.Count);

    /// <summary>Bytes [batch, channels, height, width].</summary>
    public DeviceBuffer<byte> Pixels { get; } =
        network.Device.AllocateBuffer<byte>(network.MaxBatch * imageShape.Count);

    /// <summary>How to show each image.</summary>
    public DeviceBuffer<Pose> Poses { get; } = network.Device.AllocateBuffer<Pose>(network.MaxBatch);

    /// <summary>The network's output for the images, when it is asked for.</summary>
    public QueuedResult Output { get; } = new(network.Device);

    /// <summary>The targets of the images: [count, outputs].</summary>
    public Tensor Targets => Tensor.View(targets, 0, network.OutputShape.Batch(Count));

    /// <summary>How many images there are.</summary>
    public int Count { get; private set; }

    /// <summary>Begins to copy a whole batch buffer. Neither side may be touched until the copy is done.</summary>
    public void BeginUpload(AsyncCopies copies, MiniBatch batch)
    {
        Count = batch.Count;
        copies.Begin(batch.Pixels, Pixels);
        copies.Begin(batch.Poses, Poses);
        if (batch.Targets.Length > 0)
            copies.Begin(batch.Targets, targets);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        Poses.Dispose();
        targets.Dispose();
        Output.Dispose();
    }
}
