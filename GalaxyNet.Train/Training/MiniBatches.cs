namespace GalaxyNet.Train;

/// <summary>A batch of images in the host's memory.</summary>
internal sealed class MiniBatch : IDisposable
{
    /// <summary>Allocates room for a batch.</summary>
    public MiniBatch(Device device, int images, int imageLength, int targetLength)
    {
        Pixels = device.AllocateHostBuffer<byte>(images * imageLength);
        Orientations = device.AllocateHostBuffer<Orientation>(images);
        Targets = device.AllocateHostBuffer<float>(images * targetLength);
    }

    /// <summary>How many images.</summary>
    public int Count { get; set; }

    /// <summary>Their bytes: [count, channels, height, width].</summary>
    public HostBuffer<byte> Pixels { get; }

    /// <summary>How to rotate and flip each: [count].</summary>
    public HostBuffer<Orientation> Orientations { get; }

    /// <summary>Their targets: [count, 37], empty if there are none.</summary>
    public HostBuffer<float> Targets { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        Orientations.Dispose();
        Targets.Dispose();
    }
}

/// <summary>Groups images into mini-batches, and prepares the next one on another thread while one is used.</summary>
internal sealed class MiniBatches : IDisposable
{
    private readonly ReadOnlyMemory<byte> pixels;
    private readonly float[] targets;
    private readonly int imageLength;
    private readonly int targetLength;
    private readonly int batchSize;
    private readonly MiniBatch[] memory;

    /// <summary>Prepares batches.</summary>
    /// <param name="device">The device that will get them.</param>
    /// <param name="pixels">All images: [images, channels, height, width].</param>
    /// <param name="targets">All targets: [images, outputs], or empty.</param>
    /// <param name="imageLength">The bytes of an image.</param>
    /// <param name="batchSize">The images of a batch; the last one has what is left.</param>
    public MiniBatches(Device device, ReadOnlyMemory<byte> pixels, float[] targets, int imageLength, int batchSize)
    {
        this.pixels = pixels;
        this.targets = targets;
        this.imageLength = imageLength;
        this.batchSize = batchSize;
        targetLength = targets.Length / (pixels.Length / imageLength);
        memory =
        [
            new MiniBatch(device, batchSize, imageLength, targetLength),
            new MiniBatch(device, batchSize, imageLength, targetLength),
        ];
    }

    /// <summary>Reads through images once.</summary>
    /// <param name="order">The images' indices, in the order to read them.</param>
    /// <param name="orientationOf">How to rotate and flip an image.</param>
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
            // A caller that stops early may dispose the memory next.
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

    private MiniBatch Fill(MiniBatch batch, int[] images, Func<int, Orientation> orientationOf)
    {
        for (int i = 0; i < images.Length; i++)
        {
            Copy(pixels.Span, batch.Pixels.Span, imageLength, images[i], i);
            Copy(targets, batch.Targets.Span, targetLength, images[i], i);
            batch.Orientations.Span[i] = orientationOf(images[i]);
        }
        batch.Count = images.Length;
        return batch;
    }

    private static void Copy<T>(ReadOnlySpan<T> source, Span<T> target, int length, int from, int to) =>
        source.Slice(from * length, length).CopyTo(target[(to * length)..]);
}
