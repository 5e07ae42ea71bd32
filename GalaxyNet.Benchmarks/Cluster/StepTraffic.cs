namespace GalaxyNet.Benchmarks;

/// <summary>What a process sends and receives in a training step of attempt 4, if each has one shard.</summary>
/// <param name="Processes">How many there are.</param>
internal sealed record StepTraffic(int Processes)
{
    /// <summary>The parameters of the network's first part: conv1 to conv3.</summary>
    public const int Convolutions = 280_480;

    /// <summary>Those of its last part, fc1 to fc3, with the 11 numbers that fill up the last bias.</summary>
    public const int Dense = 8_661_552;

    /// <summary>The running statistics: a mean and a variance of each channel that is normalized.</summary>
    public const int Statistics = 448;

    private const int OfSummary = 2 + Statistics; // whether to stop, and the loss

    /// <summary>The bytes that process 0 sends, whose blocks are the longest. It receives as many.</summary>
    public long Bytes => BytesOf(Convolutions) + BytesOf(Dense) + BytesOfGather(OfSummary * Processes);

    /// <summary>The bytes that process 0 sends in an all-gather of so many numbers.</summary>
    public long BytesOfGather(int numbers) => (Processes - 1L) * BlockOf(numbers) * sizeof(float);

    /// <summary>Of a part: its gradients to the other processes, and its own block's weights to each of them.</summary>
    private long BytesOf(int parameters) =>
        ((parameters - BlockOf(parameters)) * (long)sizeof(float)) + BytesOfGather(parameters);

    private int BlockOf(int numbers) => new Blocks(numbers, Processes).LengthOf(0);
}
