namespace GalaxyNet.Kernels;

/// <summary>The mask of a <see cref="Dropout"/> at one step.</summary>
/// <param name="seed">The key of the random numbers.</param>
/// <param name="step">Half of their counter, and the first row, in the device's memory: see DropoutStep.</param>
/// <param name="rowLength">The elements of a row.</param>
/// <param name="threshold">A random number under this drops its element.</param>
/// <param name="scale">What the others are multiplied by.</param>
internal readonly struct DropoutMask(ulong seed, ArrayView<ulong> step, int rowLength, uint threshold, float scale)
{
    /// <summary>Elements that share a block of random numbers.</summary>
    public const int WordsOfBlock = 4;

    private readonly ulong seed = seed;
    private readonly ArrayView<ulong> step = step;
    private readonly int rowLength = rowLength;
    private readonly uint threshold = threshold;
    private readonly float scale = scale;

    /// <summary>1 if there is a mask, else 0: the default value changes nothing.</summary>
    public int Applies { get; } = 1;

    /// <summary>Element <paramref name="i"/> of a tensor, dropped or scaled up.</summary>
    public float Of(int i, float value)
    {
        ulong place = PlaceOf(i);
        return Of(Block(place / WordsOfBlock), (int)(place % WordsOfBlock), value);
    }

    /// <summary>Elements <paramref name="i"/> to i + 3.</summary>
    public Float4 OfFour(int i, Float4 values)
    {
        ulong place = PlaceOf(i);
        int word = (int)(place % WordsOfBlock);
        if (word != 0) // only where rows are no multiple of four long, and these are not a mini-batch's first
            return new Float4(Of(i, values.X), Of(i + 1, values.Y), Of(i + 2, values.Z), Of(i + 3, values.W));
        var block = Block(place / WordsOfBlock);
        return new Float4(
            Of(block, 0, values.X), Of(block, 1, values.Y), Of(block, 2, values.Z), Of(block, 3, values.W));
    }

    /// <summary>Where an element is in the whole mini-batch, of which these rows may be a part.</summary>
    private ulong PlaceOf(int i) => (step[1] * (ulong)rowLength) + (ulong)i;

    private Philox Block(ulong block) => Philox.Of(block, step[0], seed);

    private float Of(Philox block, int word, float value) => block.Word(word) < threshold ? 0f : value * scale;
}
