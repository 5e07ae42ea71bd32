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
    private readonly ImageBlock images;
    private readonly float[] targets;
    private readonly int targetLength;
    private readonly int batchSize;
    private readonly MiniBatch[] memory;

    /// <summary>Prepares batches.</summary>
    /// <param name="device">The device that will get them.</param>
    /// <param name="images">All images, of which those that are read must be held.</param>
    /// <param name="targets">All targets: [images, outputs], or empty.</param>
    /// <param name="batchSize">The images of the largest batch.</param>
    public MiniBatches(Device device, ImageBlock images, float[] targets, int batchSize)
    {
        this.images = images;
        this.targets = targets;
        this.batchSize = batchSize;
        targetLength = targets.Length / images.Count;
        memory =
        [
            new MiniBatch(device, batchSize, images.Shape.Count, targetLength),
            new MiniBatch(device, batchSize, images.Shape.Count, targetLength),
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

    /// <summary>Reads through batches once.</summary>
    /// <param name="batches">The indices of the images of each, which may be none.</param>
    /// <param name="poseOf">How to show an image.</param>
    /// <returns>Batches; each is good until the next one is asked for.</returns>
    public IEnumerable<MiniBatch> Read(int[][] batches, Func<int, Pose> poseOf)
    {
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

    private MiniBatch Fill(MiniBatch batch, int[] chosen, Func<int, Pose> poseOf)
    {
        for (int i = 0; i < chosen.Length; i++)
        {
            images[chosen[i]].CopyTo(batch.Pixels.Span[(i * images.Shape.Count)..]);
            targets.AsSpan(chosen[i] * targetLength, targetLength).CopyTo(batch.Targets.Span[(i * targetLength)..]);
            batch.Poses.Span[i] = poseOf(chosen[i]);
        }
        batch.Count = chosen.Length;
        return batch;
    }
}
