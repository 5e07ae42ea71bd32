using System.Runtime.InteropServices;

namespace GalaxyNet.Kernels;

/// <summary>
/// A step in an image and what it needs: of a tap, the row and the column that must exist; of a window, those that do
/// not. Both as bits, so that one test of two numbers says whether a pixel is there.
/// </summary>
/// <remarks>Read 128 bits at a time.</remarks>
/// <param name="pixels">What it adds to the index of an element; not negative.</param>
/// <param name="rows">Bits of rows of a filter.</param>
/// <param name="columns">Bits of columns of a filter.</param>
/// <param name="isOnes">1 for no tap but a line of ones, whose products are the other operand's sums.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct WindowTap(int pixels, uint rows, uint columns, uint isOnes = 0)
{
    /// <summary>The longest side that a filter may have: the last bit is what no window has.</summary>
    public const int LongestSide = 31;

    private const uint Never = 1u << LongestSide;

    /// <summary>What it adds to an address.</summary>
    public readonly uint Bytes = 4 * (uint)pixels;
    public readonly uint Rows = rows;
    public readonly uint Columns = columns;
    public readonly uint IsOnes = isOnes;

    /// <summary>A tap that no window has, to fill a table up to whole slices.</summary>
    public static WindowTap OfNoTap => new(0, Never, Never);

    /// <summary>What comes after the last tap: no tap either, and a line of ones in the weight gradient.</summary>
    public static WindowTap OfOnes => new(0, Never, Never, isOnes: 1);

    /// <summary>A window without any pixel, for the same.</summary>
    public static WindowTap OfNoWindow => new(0, uint.MaxValue, uint.MaxValue);

    /// <summary>Bits of the rows, or columns, that a window lacks.</summary>
    /// <param name="origin">Where its first tap lies, in steps of <paramref name="spread"/>.</param>
    /// <param name="direction">1, or -1 where taps go backwards.</param>
    /// <param name="taps">How many there are.</param>
    /// <param name="spread">Only positions that this divides have a pixel.</param>
    /// <param name="extent">Pixels in the image.</param>
    public static uint Missing(int origin, int direction, int taps, int spread, int extent)
    {
        uint missing = Never;
        for (int tap = 0; tap < taps; tap++)
        {
            int position = origin + (direction * tap);
            int pixel = position / spread;
            if (position < 0 | pixel * spread != position | pixel >= extent)
                missing |= 1u << tap;
        }
        return missing;
    }
}
