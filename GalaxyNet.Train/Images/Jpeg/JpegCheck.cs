namespace GalaxyNet.Train;

/// <summary>Follows a JPEG's segments to the end marker, which only a whole file has.</summary>
/// <remarks>
/// The decoder goes no further than what it does not know, without a word, and leaves the rest as noise: so there may
/// be nothing in a file but what it knows, and all that it needs.
/// </remarks>
internal static class JpegCheck
{
    // A block of 8x8 pixels takes a bit at least, in the first scan of a progressive image.
    private const int MostPixelsPerByte = 8 * 64;

    /// <summary>True if a file begins as a JPEG does.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith([(byte)0xff, (byte)0xd8]);

    /// <summary>What is wrong with the file, or null.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        var header = new JpegHeader(file);
        if (header.Problem((long)MostPixelsPerByte * file.Length) is { } wrong)
            return wrong;
        var tables = new JpegTables();
        var scans = new JpegScans(header);
        var segments = new JpegSegments(file);
        int frames = 0;
        while (segments.MoveNext())
        {
            if (segments.Marker == JpegSegments.EndOfImage)
                return scans.ProblemAtEnd;
            if (segments.IsFrame && ++frames > 1)
                return ImageHeader.Damaged;
            if (ProblemOf(segments, tables, scans) is { } problem)
                return problem;
        }
        return segments.Problem;
    }

    private static string? ProblemOf(JpegSegments segment, JpegTables tables, JpegScans scans) => segment.Marker switch
    {
        JpegSegments.StartOfScan => scans.Add(segment.Data, tables),
        JpegSegments.HuffmanTables => tables.AddHuffman(segment.Data) ? null : ImageHeader.Damaged,
        JpegSegments.QuantizationTables => scans.ProblemOfNewSteps
            ?? (tables.AddQuantization(segment.Data) ? null : ImageHeader.Damaged),
        _ => segment.IsFrame || segment.IsAside ? null : ImageHeader.Damaged,
    };
}
