namespace GalaxyNet.Kernels;

/// <summary>
/// The mask of a <see cref="Dropout"/> at one step, for kernels that apply it to what they have computed.
/// </summary>
/// <param name="seed">The key of the random numbers.</param>
/// <param name="step">Half of their counter.</param>
/// <param name="threshold">A random number under this drops its element.</param>
/// <param name="scale">What the others are multiplied by.</param>
internal readonly struct DropoutMask(ulong seed, ulong step, uint threshold, float scale)
{
    /// <summary>Elements that share a block of random numbers.</summary>
    public const int WordsOfBlock = 4;

    private readonly ulong seed = seed;
    private readonly ulong step = step;
    private readonly uint threshold = threshold;
    private readonly float scale = scale;

    /// <summary>1 if there is a mask, else 0: the default value changes nothing.</summary>
    public int Applies { get; } = 1;

    /// <summary>Element <paramref name="i"/> of a tensor, dropped or scaled up.</summary>
    public float Of(int i, float value) => Masked(Block(i / WordsOfBlock), i % WordsOfBlock, value);

    /// <summary>Four neighbors, of which the first has an index that four divides.</summary>
    public Float4 OfFour(int i, Float4 values)
    {
        var random = Block(i / WordsOfBlock);
        return new Float4(
            Masked(random, 0, values.X),
            Masked(random, 1, values.Y),
            Masked(random, 2, values.Z),
            Masked(random, 3, values.W));
    }

    private Philox Block(int block) => Philox.Of((ulong)block, step, seed);

    private float Masked(Philox random, int word, float value) => random.Word(word) < threshold ? 0f : value * scale;
}
