using GalaxyNet.Kernels;
using GalaxyNet.Layers;

namespace GalaxyNet.Train;

/// <summary>A batch of pictures in the device's memory, with room for a network's largest.</summary>
internal sealed class BatchOnDevice(Sequential network) : IDisposable
{
    private readonly DeviceBuffer<float> targets =
        network.Device.AllocateBuffer<float>(network.MaxBatch * network.OutputShape.Count);

    /// <summary>Bytes [batch, channels, height, width].</summary>
    public DeviceBuffer<byte> Pixels { get; } =
        network.Device.AllocateBuffer<byte>(network.MaxBatch * network.InputShape.Count);

    /// <summary>How to turn each picture.</summary>
    public DeviceBuffer<Orientation> Orientations { get; } =
        network.Device.AllocateBuffer<Orientation>(network.MaxBatch);

    /// <summary>The targets of the first pictures.</summary>
    public Tensor TargetRows(int count) => Tensor.View(targets, 0, network.OutputShape.Batch(count));

    /// <summary>Copies a batch, with what is left in its memory after a smaller one, and waits for the copy but not for what the device computes.</summary>
    public void Upload(Uploads uploads, MiniBatch batch)
    {
        uploads.Begin(batch.Pixels, Pixels);
        uploads.Begin(batch.Orientations, Orientations);
        if (batch.Targets.Length > 0)
            uploads.Begin(batch.Targets, targets);
        uploads.Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        Orientations.Dispose();
        targets.Dispose();
    }
}
