namespace GalaxyNet.Kernels;

/// <summary>
/// Filters [outChannels, inChannels, taps] turned to [outChannels, taps, lines], a line for each input channel and
/// zeros up to a multiple of four.
/// </summary>
internal static class TurnedFilters
{
    /// <summary>The lines of so many channels.</summary>
    public static int Lines(int inChannels) => Rounding.RoundUp(inChannels, 4);

    [Kernel("conv2d", Schedule.Shared)]
    public static void TurnKernel(ArrayView<float> weight, ArrayView<float> turned, int inChannels, int taps)
    {
        int lines = Lines(inChannels);
        var range = LoopRange.Of((int)turned.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
        {
            int depth = i / lines;
            int channel = i - (depth * lines);
            int filter = depth / taps;
            int tap = depth - (filter * taps);
            turned[i] = channel < inChannels ? weight[(((filter * inChannels) + channel) * taps) + tap] : 0f;
        }
    }
}
