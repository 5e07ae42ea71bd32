using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary>A batch of pictures in the host's memory.</summary>
/// <param name="Count">How many pictures.</param>
/// <param name="Pixels">Their bytes: [count, channels, height, width].</param>
/// <param name="Orientations">How to turn each: [count].</param>
/// <param name="Targets">Their vote fractions: [count, 37], or nothing where they have none.</param>
internal sealed record MiniBatch(int Count, byte[] Pixels, Orientation[] Orientations, float[] Targets);

/// <summary>Takes pictures together to batches, the next one on a thread of its own while this one is used.</summary>
/// <param name="pixels">All pictures: [pictures, channels, height, width].</param>
/// <param name="targets">All targets: [pictures, outputs], or nothing.</param>
/// <param name="pictureLength">The bytes of a picture.</param>
/// <param name="batchSize">The pictures of a batch; the last one has what is left.</param>
internal sealed class MiniBatches(byte[] pixels, float[] targets, int pictureLength, int batchSize)
{
    private readonly int targetLength = targets.Length / (pixels.Length / pictureLength);

    /// <summary>Reads through pictures once.</summary>
    /// <param name="order">Which pictures, in this order.</param>
    /// <param name="orientationOf">How to turn a picture.</param>
    /// <returns>Batches; each is good until the next one is asked for.</returns>
    public IEnumerable<MiniBatch> Read(int[] order, Func<int, Orientation> orientationOf)
    {
        int[][] batches = [.. order.Chunk(batchSize)];
        if (batches.Length == 0)
            yield break;
        MiniBatch[] memory = [Allocate(), Allocate()];
        var next = Task.Run(() => Gather(batches[0], memory[0], orientationOf));
        for (int i = 0; i < batches.Length; i++)
        {
            var batch = next.GetAwaiter().GetResult();
            int following = i + 1;
            if (following < batches.Length)
                next = Task.Run(() => Gather(batches[following], memory[following % 2], orientationOf));
            yield return batch;
        }
    }

    private MiniBatch Allocate() =>
        new(0, new byte[batchSize * pictureLength], new Orientation[batchSize], new float[batchSize * targetLength]);

    private MiniBatch Gather(int[] pictures, MiniBatch memory, Func<int, Orientation> orientationOf)
    {
        for (int i = 0; i < pictures.Length; i++)
        {
            Copy(pixels, memory.Pixels, pictureLength, pictures[i], i);
            Copy(targets, memory.Targets, targetLength, pictures[i], i);
            memory.Orientations[i] = orientationOf(pictures[i]);
        }
        return memory with { Count = pictures.Length };
    }

    private static void Copy<T>(T[] source, T[] target, int length, int from, int to) =>
        source.AsSpan(from * length, length).CopyTo(target.AsSpan(to * length));
}
