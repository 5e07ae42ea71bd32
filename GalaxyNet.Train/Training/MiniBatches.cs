namespace GalaxyNet.Train;

/// <summary>A batch of images in the host's memory.</summary>
internal sealed class MiniBatch : IDisposable
{
    /// <summary>Allocates room for a batch.</summary>
    public MiniBatch(Device device, int images, int imageLength, int targetLength)
    {
        Pixels = device.AllocateHostBuffer<byte>(images * imageLength);
        Poses = device.AllocateHostBuffer<Pose>(images);
        Targets = device.AllocateHostBuffer<float>(images * targetLength);
    }

    /// <summary>How many images.</summary>
    public int Count { get; set; }

    /// <summary>Their bytes: [count, channels, height, width].</summary>
    public HostBuffer<byte> Pixels { get; }

    /// <summary>How to show each: [count].</summary>
    public HostBuffer<Pose> Poses { get; }

    /// <summary>Their targets: [count, 37], empty if there are none.</summary>
    public HostBuffer<float> Targets { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        Poses.Dispose();
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
    /// <param name="images">All images.</param>
    /// <param name="targets">All targets: [images, outputs], or empty.</param>
    /// <param name="batchSize">The images of a batch; the last one has what is left.</param>
    public MiniBatches(Device device, ImageBlock images, float[] targets, int batchSize)
    {
        pixels = images.Pixels;
        imageLength = images.Shape.Count;
        this.targets = targets;
        this.batchSize = batchSize;
        targetLength = targets.Length / images.Count;
        memory =
        [
            new MiniBatch(device, batchSize, imageLength, targetLength),
            new MiniBatch(device, batchSize, imageLength, targetLength),
        ];
    }

    /// <summary>A whole batch, whatever is in it.</summary>
    public MiniBatch Unfilled
    {
        get
        {
            memory[0].Count = batchSize;
            return memory[0];
        }
    }

    /// <summary>Reads through images once.</summary>
    /// <param name="order">The images' indices, in the order to read them.</param>
    /// <param name="poseOf">How to show an image.</param>
    /// <returns>Batches; each is good until the next one is asked for.</returns>
    public IEnumerable<MiniBatch> Read(int[] order, Func<int, Pose> poseOf)
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

        Task<MiniBatch> Gather(int i) => Task.Run(() => Fill(memory[i % 2], batches[i], poseOf));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var batch in memory)
            batch.Dispose();
    }

    private MiniBatch Fill(MiniBatch batch, int[] images, Func<int, Pose> poseOf)
    {
        for (int i = 0; i < images.Length; i++)
        {
            Copy(pixels.Span, batch.Pixels.Span, imageLength, images[i], i);
            Copy(targets, batch.Targets.Span, targetLength, images[i], i);
            batch.Poses.Span[i] = poseOf(images[i]);
        }
        batch.Count = images.Length;
        return batch;
    }

    private static void Copy<T>(ReadOnlySpan<T> source, Span<T> target, int length, int from, int to) =>
        source.Slice(from * length, length).CopyTo(target[(to * length)..]);
}
