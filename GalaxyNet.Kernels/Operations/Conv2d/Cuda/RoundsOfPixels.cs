namespace GalaxyNet.Kernels;

/// <summary>A thread's copies of pixels for one slice: of one window, a tap in each round.</summary>
/// <param name="tap">Where the first tap is, in a table of <see cref="WindowTap"/>.</param>
/// <param name="tapStep">Bytes from one to the next there.</param>
/// <param name="window">The window.</param>
/// <param name="to">Where the first pixel goes, in bytes of shared memory.</param>
/// <param name="toStep">Bytes from one to the next there.</param>
internal readonly struct RoundsOfPixels(
    long tap, int tapStep, PixelWindow window, uint to, int toStep)
{
    private readonly long tap = tap;
    private readonly int tapStep = tapStep;
    private readonly PixelWindow window = window;
    private readonly uint to = to;
    private readonly int toStep = toStep;

    /// <summary>Starts 8 or 16 copies. ILGPU unrolls no loops.</summary>
    public void Start(int count)
    {
        Start8(0);
        if (count > 8)
            Start8(8);
    }

    private void Start8(int round)
    {
        StartOne(round);
        StartOne(round + 1);
        StartOne(round + 2);
        StartOne(round + 3);
        StartOne(round + 4);
        StartOne(round + 5);
        StartOne(round + 6);
        StartOne(round + 7);
    }

    private void StartOne(int round) =>
        AsyncCopy.Pixel(to + (uint)(round * toStep), tap + (round * tapStep), window);
}
