namespace GalaxyNet.Kernels;

/// <summary>
/// The random number generator Philox4x32-10: a function from a 128-bit counter and a 64-bit key to four random
/// numbers. It has no state, so every thread finds its numbers by itself, and finds them again.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011. Ten rounds of two 32 x 32 bit
/// multiplications, whose high and low halves are mixed with the other two words and with a key that moves on each
/// round.
/// </remarks>
internal readonly struct Philox(uint word0, uint word1, uint word2, uint word3)
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9; // the golden ratio
    private const uint Weyl1 = 0xBB67AE85; // sqrt(3) - 1

    private readonly uint word0 = word0;
    private readonly uint word1 = word1;
    private readonly uint word2 = word2;
    private readonly uint word3 = word3;

    /// <summary>The numbers of a counter, given in two halves, under a key.</summary>
    public static Philox Of(ulong counterLow, ulong counterHigh, ulong key)
    {
        var words = new Philox(
            (uint)counterLow, (uint)(counterLow >> 32), (uint)counterHigh, (uint)(counterHigh >> 32));
        uint key0 = (uint)key;
        uint key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            words = words.Round(key0, key1);
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }
        return words;
    }

    /// <summary>Number <paramref name="index"/> of the four.</summary>
    public uint Word(int index) => index < 2 ? (index == 0 ? word0 : word1) : (index == 2 ? word2 : word3);

    private Philox Round(uint key0, uint key1)
    {
        ulong product0 = (ulong)Multiplier0 * word0;
        ulong product1 = (ulong)Multiplier1 * word2;
        return new Philox(
            (uint)(product1 >> 32) ^ word1 ^ key0,
            (uint)product1,
            (uint)(product0 >> 32) ^ word3 ^ key1,
            (uint)product0);
    }
}
