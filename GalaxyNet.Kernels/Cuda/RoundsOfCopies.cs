namespace GalaxyNet.Kernels;

/// <summary>A thread's copies for one slice: in each round one of another depth.</summary>
/// <param name="address">Where the first is read.</param>
/// <param name="step">Bytes from one to the next in memory.</param>
/// <param name="to">Where the first is written, in bytes of shared memory.</param>
/// <param name="toStep">Bytes from one to the next there.</param>
/// <param name="rounds">How many there are to read; the rest are zeros.</param>
internal readonly struct RoundsOfCopies(long address, long step, uint to, int toStep, int rounds)
{
    private readonly long address = address;
    private readonly long step = step;
    private readonly uint to = to;
    private readonly int toStep = toStep;
    private readonly int rounds = rounds;

    /// <summary>Starts 8 or 16 copies of four bytes. ILGPU unrolls no loops.</summary>
    public void StartFourBytes(int count)
    {
        long from = FourTimesFourBytes(0, address);
        from = FourTimesFourBytes(4, from);
        if (count > 8)
            FourTimesFourBytes(12, FourTimesFourBytes(8, from));
    }

    /// <summary>Starts 2 or 4 copies of 16 bytes.</summary>
    public void StartSixteenBytes(int count)
    {
        long from = SixteenBytes(0, address);
        from = SixteenBytes(1, from);
        if (count > 2)
            SixteenBytes(3, SixteenBytes(2, from));
    }

    private long FourTimesFourBytes(int round, long from)
    {
        from = FourBytes(round, from);
        from = FourBytes(round + 1, from);
        from = FourBytes(round + 2, from);
        return FourBytes(round + 3, from);
    }

    // Each starts a copy, and gives where the next reads.
    private long FourBytes(int round, long from)
    {
        AsyncCopy.FourBytes(to + (uint)(round * toStep), from, round, rounds);
        return from + step;
    }

    private long SixteenBytes(int round, long from)
    {
        AsyncCopy.SixteenBytes(to + (uint)(round * toStep), from, round, rounds);
        return from + step;
    }
}
