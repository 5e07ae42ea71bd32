namespace GalaxyNet.Train;

/// <summary>MT19937 (Matsumoto and Nishimura 1998), seeded and used as NumPy's <c>RandomState</c> does.</summary>
internal sealed class MersenneTwister
{
    private const int StateLength = 624;
    private const int Middle = 397;

    private readonly uint[] state = new uint[StateLength];
    private int next = StateLength;

    /// <summary>Seeds as the authors' <c>init_genrand</c>.</summary>
    public MersenneTwister(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < StateLength; i++)
            state[i] = (1812433253u * (state[i - 1] ^ (state[i - 1] >> 30))) + i;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (next == StateLength)
            Twist();
        uint y = state[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    /// <summary>
    /// A number from 0 to <paramref name="maximum"/>: numbers under the next power of two are drawn until one fits.
    /// </summary>
    public int NextAtMost(int maximum)
    {
        uint mask = uint.MaxValue >> int.LeadingZeroCount(maximum);
        uint value;
        do
        {
            value = NextUInt32() & mask;
        }
        while (value > maximum);
        return (int)value;
    }

    /// <summary>
    /// The numbers 0 to <paramref name="count"/> - 1 in random order, as <c>RandomState.permutation</c>.
    /// </summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = NextAtMost(i);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private void Twist()
    {
        for (int i = 0; i < StateLength; i++)
        {
            uint y = (state[i] & 0x80000000u) | (state[(i + 1) % StateLength] & 0x7fffffffu);
            state[i] = state[(i + Middle) % StateLength] ^ (y >> 1) ^ ((y & 1) * 0x9908b0dfu);
        }
        next = 0;
    }
}
