using System.Buffers.Binary;

namespace GalaxyNet.Train;

/// <summary>Looks over a picture file before the decoder sees it.</summary>
/// <remarks>
/// The decoder believes any size in a header, and fills what is missing at the end of a JPEG with gray.
/// So the size is checked before anything of that size is allocated, and a JPEG's segments (ITU-T T.81, annex B)
/// and a PNG's chunks are followed to the mark at the end, which only a whole file has.
/// </remarks>
internal static class PictureHeader
{
    private const int MaximumPixels = 16 << 20;

    private const string Truncated = "is a truncated picture: copy or download it again";
    private const string Damaged = "is a damaged picture: copy or download it again";

    private const byte StartOfImage = 0xd8;
    private const byte EndOfImage = 0xd9;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>What is wrong with the file, or nothing.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            return "is empty";
        if (file.StartsWith(PngSignature))
            return PngProblem(file);
        return file.StartsWith([(byte)0xff, StartOfImage]) ? JpegProblem(file) : "is neither a JPEG nor a PNG picture";
    }

    private static string? PngProblem(ReadOnlySpan<byte> file)
    {
        const int overhead = 12; // of a chunk: its length, its name and a checksum
        var rest = file[PngSignature.Length..];
        while (rest.Length >= overhead)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            var name = rest.Slice(4, 4);
            if (length > rest.Length - overhead)
                break;
            if (name.SequenceEqual("IEND"u8))
                return null;
            if (name.SequenceEqual("IHDR"u8) && PngFrameProblem(rest.Slice(8, (int)length)) is { } problem)
                return problem;
            rest = rest[((int)length + overhead)..];
        }
        return Truncated;
    }

    private static string? PngFrameProblem(ReadOnlySpan<byte> chunk) => chunk.Length < 8
        ? Damaged
        : SizeProblem(BinaryPrimitives.ReadUInt32BigEndian(chunk), BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]));

    private static string? JpegProblem(ReadOnlySpan<byte> file)
    {
        int position = 2;
        while (NextMarker(file, ref position) is { } marker)
        {
            if (marker == EndOfImage)
                return null;
            if (IsStandalone(marker))
                continue;
            if (position + 2 > file.Length)
                return Truncated;
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
            if (length < 2 || position + length > file.Length)
                return Truncated;
            if (IsFrameHeader(marker) && JpegFrameProblem(file.Slice(position, length)) is { } problem)
                return problem;
            position += length;
        }
        return Truncated;
    }

    /// <summary>Goes to the next marker, over the coded data of a scan where there is some, and past it.</summary>
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
    private static string? JpegFrameProblem(ReadOnlySpan<byte> segment) => segment.Length < 7
        ? Damaged
        : SizeProblem(
            BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));

    private static string? SizeProblem(long width, long height)
    {
        if (width == 0 || height == 0)
            return "has no pixels";
        return width > MaximumPixels || height > MaximumPixels || width * height > MaximumPixels
            ? $"claims {width:N0}x{height:N0} pixels; a picture may have at most {MaximumPixels:N0}"
            : null;
    }
}
