namespace GalaxyNet.Kernels;

/// <summary>The mask of a <see cref="Dropout"/> at one step.</summary>
/// <param name="seed">The key of the random numbers.</param>
/// <param name="step">Half of their counter: one number, in the device's memory.</param>
/// <param name="threshold">A random number under this drops its element.</param>
/// <param name="scale">What the others are multiplied by.</param>
internal readonly struct DropoutMask(ulong seed, ArrayView<ulong> step, uint threshold, float scale)
{
    /// <summary>Elements that share a block of random numbers.</summary>
    public const int WordsOfBlock = 4;

    private readonly ulong seed = seed;
    private readonly ArrayView<ulong> step = step;
    private readonly uint threshold = threshold;
    private readonly float scale = scale;

    /// <summary>1 if there is a mask, else 0: the default value changes nothing.</summary>
    public int Applies { get; } = 1;

    /// <summary>The random numbers of a block.</summary>
    public Philox Block(int block) => Philox.Of((ulong)block, step[0], seed);

    /// <summary>An element dropped or scaled up, by one word of its block.</summary>
    public float Of(Philox block, int word, float value) => block.Word(word) < threshold ? 0f : value * scale;

    /// <summary>Element <paramref name="i"/> of a tensor, dropped or scaled up.</summary>
    public float Of(int i, float value) => Of(Block(i / WordsOfBlock), i % WordsOfBlock, value);

    /// <summary>Four neighbors, of which the first has an index that four divides.</summary>
    public Float4 OfFour(int i, Float4 values)
    {
        var block = Block(i / WordsOfBlock);
        return new Float4(
            Of(block, 0, values.X), Of(block, 1, values.Y), Of(block, 2, values.Z), Of(block, 3, values.W));
    }
}
