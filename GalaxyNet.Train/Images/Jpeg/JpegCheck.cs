using System.Buffers.Binary;

namespace GalaxyNet.Train;

/// <summary>Follows a JPEG's segments (ITU-T T.81, annex B) to the end marker, which only a whole file has.</summary>
internal static class JpegCheck
{
    private const byte StartOfImage = 0xd8;
    private const byte EndOfImage = 0xd9;
    private const byte StartOfScan = 0xda;

    // A block of 8x8 pixels takes a bit at least, in the first scan of a progressive image.
    private const int MostPixelsPerByte = 8 * 64;

    // Encoders make about ten; a file of nothing but scans would keep the decoder busy for hours.
    private const int MostScans = 100;

    /// <summary>True if a file begins as a JPEG does.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith([(byte)0xff, StartOfImage]);

    /// <summary>What is wrong with the file, or null.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        int position = 2;
        int scans = 0;
        while (NextMarker(file, ref position) is { } marker)
        {
            if (marker == EndOfImage)
                return scans > 0 ? null : ImageHeader.Damaged;
            if (IsStandalone(marker))
                continue;
            if (position + 2 > file.Length)
                return ImageHeader.Truncated;
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
            if (length < 2 || position + length > file.Length)
                return ImageHeader.Truncated;
            if (marker == StartOfScan && ++scans > MostScans)
                return $"has more than {MostScans} scans, as no camera or survey makes them";
            if (IsFrameHeader(marker) && FrameProblem(file, file.Slice(position, length)) is { } problem)
                return problem;
            position += length;
        }
        return ImageHeader.Truncated;
    }

    /// <summary>Goes past the next marker, over any coded data of a scan before it.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int position)
    {
        while (position + 1 < file.Length)
        {
            int skipped = file[position..^1].IndexOf((byte)0xff);
            if (skipped < 0)
                break;
            position += skipped + 1;
            byte marker = file[position];
            if (marker is 0x00 or 0xff) // a coded byte of 255, or padding
                continue;
            position++;
            return marker;
        }
        return null;
    }

    private static bool IsStandalone(byte marker) => marker is 0x01 or (>= 0xd0 and <= 0xd8);

    private static bool IsFrameHeader(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    /// <summary>
    /// Checks a frame header: its length (2 bytes), the precision (1), the height (2), the width (2).
    /// </summary>
    private static string? FrameProblem(ReadOnlySpan<byte> file, ReadOnlySpan<byte> segment) => segment.Length < 7
        ? ImageHeader.Damaged
        : ImageHeader.SizeProblem(
            BinaryPrimitives.ReadUInt16BigEndian(segment[5..]),
            BinaryPrimitives.ReadUInt16BigEndian(segment[3..]),
            (long)MostPixelsPerByte * file.Length);
}
