namespace GalaxyNet.Train;

/// <summary>Which tables a JPEG has brought so far (ITU-T T.81, annex B.2.4): the decoder takes others for zeros.
/// </summary>
internal sealed class JpegTables
{
    private const int Numbers = 4; // tables of each kind are numbered from 0
    private const int Steps = 64;
    private const int CodeLengths = 16;

    private readonly bool[] huffman = new bool[2 * Numbers];
    private readonly bool[] quantization = new bool[Numbers];

    /// <summary>True if there is a table for the codes of the blocks' means.</summary>
    public bool HasDirect(int number) => number < Numbers && huffman[number];

    /// <summary>True if there is a table for the codes of the other coefficients.</summary>
    public bool HasAlternating(int number) => number < Numbers && huffman[Numbers + number];

    /// <summary>True if there is a table of the steps that coefficients are rounded to.</summary>
    public bool HasQuantization(int number) => number < Numbers && quantization[number];

    /// <summary>Adds a segment's Huffman tables: for each its kind and number, how many codes, and what they mean.
    /// </summary>
    /// <returns>False if it is damaged.</returns>
    public bool AddHuffman(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > CodeLengths)
        {
            var (kind, number) = Math.DivRem(segment[0], (byte)16);
            int codes = 0;
            foreach (byte count in segment.Slice(1, CodeLengths))
                codes += count;
            if (kind > 1 || number >= Numbers || segment.Length < 1 + CodeLengths + codes)
                return false;
            huffman[(kind * Numbers) + number] = true;
            segment = segment[(1 + CodeLengths + codes)..];
        }
        return segment.IsEmpty;
    }

    /// <summary>Adds a segment's tables of steps: for each its precision and number, and the steps.</summary>
    /// <returns>False if it is damaged.</returns>
    public bool AddQuantization(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (precision, number) = Math.DivRem(segment[0], (byte)16);
            int bytes = 1 + (Steps * (1 + precision));
            if (precision > 1 || number >= Numbers || segment.Length < bytes)
                return false;
            quantization[number] = true;
            segment = segment[bytes..];
        }
        return true;
    }
}
