namespace GalaxyNet.Train;

/// <summary>Follows whether a JPEG's scans have the tables they need, and together bring all of the image.</summary>
/// <remarks>
/// A scan brings some of the channels, and in a progressive image some of the 64 coefficients of their blocks and some
/// of these coefficients' bits (ITU-T T.81, annex G). Decoders guess what is missing, each in its own way.
/// </remarks>
internal sealed class JpegScans
{
    // Encoders make about ten; a file of nothing but scans would keep the decoder busy for hours.
    private const int MostScans = 100;
    private const int Coefficients = 64;

    private readonly bool isProgressive;
    private readonly byte[] names;
    private readonly byte[] quantizationTables;
    private readonly ulong[] wholeCoefficients; // of each channel: a bit for each of them
    private int count;

    /// <summary>Begins before the first scan.</summary>
    public JpegScans(JpegHeader header)
    {
        isProgressive = header.IsProgressive;
        (names, quantizationTables) = (new byte[header.Channels], new byte[header.Channels]);
        wholeCoefficients = new ulong[header.Channels];
        for (int channel = 0; channel < names.Length; channel++)
        {
            names[channel] = header.NameOf(channel);
            quantizationTables[channel] = header.QuantizationTableOf(channel);
        }
    }

    /// <summary>What is wrong if the image ends here, or null.</summary>
    public string? ProblemAtEnd => count == 0
        ? ImageHeader.Damaged
        : Array.TrueForAll(wholeCoefficients, whole => whole == ulong.MaxValue) ? null : ImageHeader.Truncated;

    /// <summary>What is wrong if tables of steps come here, or null.</summary>
    public string? ProblemOfNewSteps => isProgressive && count > 0
        ? "is a progressive JPEG with quantization tables between its scans, which is not read here: save it again"
        : null;

    /// <summary>Adds a scan.</summary>
    /// <param name="header">Its channels, each with the numbers of its tables, and what it brings of them.</param>
    /// <param name="tables">Those before it.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Add(ReadOnlySpan<byte> header, JpegTables tables)
    {
        if (++count > MostScans)
            return $"has more than {MostScans} scans, as no camera or survey makes them";
        int channels = header.IsEmpty ? 0 : header[0];
        if (channels == 0 || header.Length != 1 + (2 * channels) + 3)
            return ImageHeader.Damaged;
        var (first, last, bits) = isProgressive ? (header[^3], header[^2], header[^1]) : (0, Coefficients - 1, 0);
        if (first > last || last >= Coefficients)
            return ImageHeader.Damaged;
        for (int i = 0; i < channels; i++)
        {
            int channel = names.IndexOf(header[1 + (2 * i)]);
            var (direct, alternating) = Math.DivRem(header[2 + (2 * i)], (byte)16);
            if (channel < 0)
                return ImageHeader.Damaged;
            bool isRefinement = bits >> 4 > 0;
            if (!tables.HasQuantization(quantizationTables[channel])
                || (first == 0 && !isRefinement && !tables.HasDirect(direct))
                || (last > 0 && !tables.HasAlternating(alternating)))
                return "is a JPEG without all of its tables, as frames of a film are: save it again";
            if ((bits & 0xf) == 0) // the lowest bit is there
                wholeCoefficients[channel] |= (ulong.MaxValue >> (Coefficients - 1 - last)) & (ulong.MaxValue << first);
        }
        return null;
    }
}
