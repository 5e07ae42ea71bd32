using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary>A batch of pictures in the host's memory.</summary>
internal sealed class MiniBatch : IDisposable
{
    /// <summary>Allocates room for a batch.</summary>
    public MiniBatch(Device device, int pictures, int pictureLength, int targetLength)
    {
        Pixels = device.AllocateHostBuffer<byte>(pictures * pictureLength);
        Orientations = device.AllocateHostBuffer<Orientation>(pictures);
        Targets = device.AllocateHostBuffer<float>(pictures * targetLength);
    }

    /// <summary>How many pictures.</summary>
    public int Count { get; set; }

    /// <summary>Their bytes: [count, channels, height, width].</summary>
    public HostBuffer<byte> Pixels { get; }

    /// <summary>How to turn each: [count].</summary>
    public HostBuffer<Orientation> Orientations { get; }

    /// <summary>Their vote fractions: [count, 37], or nothing where they have none.</summary>
    public HostBuffer<float> Targets { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        Orientations.Dispose();
        Targets.Dispose();
    }
}

/// <summary>Takes pictures together to batches, the next one on a thread of its own while this one is used.</summary>
internal sealed class MiniBatches : IDisposable
{
    private readonly byte[] pixels;
    private readonly float[] targets;
    private readonly int pictureLength;
    private readonly int targetLength;
    private readonly int batchSize;
    private readonly MiniBatch[] memory;

    /// <summary>Prepares batches.</summary>
    /// <param name="device">The device that will get them.</param>
    /// <param name="pixels">All pictures: [pictures, channels, height, width].</param>
    /// <param name="targets">All targets: [pictures, outputs], or nothing.</param>
    /// <param name="pictureLength">The bytes of a picture.</param>
    /// <param name="batchSize">The pictures of a batch; the last one has what is left.</param>
    public MiniBatches(Device device, byte[] pixels, float[] targets, int pictureLength, int batchSize)
    {
        this.pixels = pixels;
        this.targets = targets;
        this.pictureLength = pictureLength;
        this.batchSize = batchSize;
        targetLength = targets.Length / (pixels.Length / pictureLength);
        memory =
        [
            new MiniBatch(device, batchSize, pictureLength, targetLength),
            new MiniBatch(device, batchSize, pictureLength, targetLength),
        ];
    }

    /// <summary>Reads through pictures once.</summary>
    /// <param name="order">Which pictures, in this order.</param>
    /// <param name="orientationOf">How to turn a picture.</param>
    /// <returns>Batches; each is good until the next one is asked for.</returns>
    public IEnumerable<MiniBatch> Read(int[] order, Func<int, Orientation> orientationOf)
    {
        int[][] batches = [.. order.Chunk(batchSize)];
        if (batches.Length == 0)
            yield break;
        var next = Gather(0);
        try
        {
            for (int i = 0; i < batches.Length; i++)
            {
                var batch = next.GetAwaiter().GetResult();
                if (i + 1 < batches.Length)
                    next = Gather(i + 1);
                yield return batch;
            }
        }
        finally
        {
            // Whoever stops early may dispose the memory next.
            Task.WaitAny(next);
        }

        Task<MiniBatch> Gather(int i) => Task.Run(() => Fill(memory[i % 2], batches[i], orientationOf));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var batch in memory)
            batch.Dispose();
    }

    private MiniBatch Fill(MiniBatch batch, int[] pictures, Func<int, Orientation> orientationOf)
    {
        for (int i = 0; i < pictures.Length; i++)
        {
            Copy(pixels, batch.Pixels.Span, pictureLength, pictures[i], i);
            Copy(targets, batch.Targets.Span, targetLength, pictures[i], i);
            batch.Orientations.Span[i] = orientationOf(pictures[i]);
        }
        batch.Count = pictures.Length;
        return batch;
    }

    private static void Copy<T>(T[] source, Span<T> target, int length, int from, int to) =>
        source.AsSpan(from * length, length).CopyTo(target[(to * length)..]);
}
