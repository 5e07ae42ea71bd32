namespace GalaxyNet.Layers;

/// <summary>
/// Numbers cut into a block for each process: all of the same length, a multiple of 16, but for the last ones, which
/// have what is left, or nothing.
/// </summary>
/// <param name="Length">How many numbers.</param>
/// <param name="Count">How many blocks.</param>
internal readonly record struct Blocks(int Length, int Count)
{
    private int Longest => Rounding.RoundUp(Rounding.CeilingDivide(Length, Count), ParameterLayout.Alignment);

    /// <summary>Where a block begins.</summary>
    public int Start(int block) => (int)Math.Min((long)block * Longest, Length);

    /// <summary>How many numbers a block has.</summary>
    public int LengthOf(int block) => Start(block + 1) - Start(block);
}
