using System.Buffers.Binary;

namespace GalaxyNet.Train;

/// <summary>How a camera was held, and the image turned upright by it, as OpenCV's <c>imread</c> does it.</summary>
/// <remarks>
/// Format: the tag 0x0112 of Exif (CIPA DC-008, section 4.6.4), which is a TIFF without pixels
/// (https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf, section 2): the order of bytes, <c>II</c> or
/// <c>MM</c>, 42, and where a list of entries lies, of 12 bytes each. In a JPEG it is behind the name <c>Exif</c> in a
/// segment APP1, in a PNG the chunk <c>eXIf</c>.
///
/// OpenCV does so in JPEG since 3.1 and in PNG since 4.5.2, if its libpng knows the chunk. With whatever is in the
/// entries this does what OpenCV 4.10 with libpng 1.6.47 does: only a JPEG's first APP1 counts, whatever its name, the
/// entry's type and count do not, nor does what follows a text that lies outside, and what is damaged is as good as
/// nothing.
/// </remarks>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const int NameBytes = 6; // Exif and two zeros
    private const int EntryBytes = 12; // the tag, the type, the count (4 bytes) and the value (4)
    private const int CountOffset = 4;
    private const int ValueOffset = 8;
    private const ushort Description = 0x010e;
    private const ushort Model = 0x0110;

    /// <summary>Turns an image upright.</summary>
    /// <param name="image">As it is stored in the file.</param>
    /// <param name="file">The bytes of a sound JPEG or PNG.</param>
    /// <returns>The same image if it is upright already.</returns>
    public static Image Upright(Image image, ReadOnlySpan<byte> file)
    {
        var exif = JpegCheck.IsJpeg(file) ? OfJpeg(file) : OfPng(file);
        return exif.IsEmpty ? image : Turned(image, Of(exif));
    }

    /// <summary>The orientation in a block of Exif, from <c>II</c> or <c>MM</c> on; 1, upright, if there is none.
    /// </summary>
    public static int Of(ReadOnlySpan<byte> exif)
    {
        bool isLittle = exif.StartsWith("II"u8);
        if (exif.Length < 8 || Read16(exif[2..], isLittle) != 42)
            return 1;
        long start = Read32(exif[4..], isLittle);
        if (start + 2 > exif.Length)
            return 1;
        var entries = exif[(int)start..];
        int count = Read16(entries, isLittle);
        entries = entries[2..];
        for (int i = 0; i < count && entries.Length >= ValueOffset + 2; i++)
        {
            if (Read16(entries, isLittle) == Tag)
                return Read16(entries[ValueOffset..], isLittle);
            if (entries.Length < EntryBytes || IsTextOutside(entries, exif.Length, isLittle))
                break;
            entries = entries[EntryBytes..];
        }
        return 1;
    }

    /// <summary>Turns an image.</summary>
    /// <param name="image">As it is stored.</param>
    /// <param name="orientation">2 to 8; any other is upright.</param>
    public static Image Turned(Image image, int orientation)
    {
        if (orientation is < 2 or > 8)
            return image;
        bool isTransposed = orientation >= 5;
        bool fromTheRight = orientation is 2 or 3 or 7 or 8;
        bool fromBelow = orientation is 3 or 4 or 6 or 7;
        var turned = isTransposed
            ? new Image(image.Height, image.Width, image.Channels)
            : new Image(image.Width, image.Height, image.Channels);
        for (int y = 0; y < turned.Height; y++)
        {
            var row = turned.Row(y);
            for (int x = 0; x < turned.Width; x++)
            {
                var (column, line) = isTransposed ? (y, x) : (x, y);
                column = fromTheRight ? image.Width - 1 - column : column;
                line = fromBelow ? image.Height - 1 - line : line;
                image.Row(line).Slice(column * image.Channels, image.Channels).CopyTo(row[(x * image.Channels)..]);
            }
        }
        return turned;
    }

    private static ReadOnlySpan<byte> OfJpeg(ReadOnlySpan<byte> file)
    {
        var segment = new JpegHeader(file).FirstApp1;
        return segment.Length > NameBytes ? segment[NameBytes..] : default;
    }

    private static ReadOnlySpan<byte> OfPng(ReadOnlySpan<byte> file)
    {
        var chunks = new PngChunks(file);
        while (chunks.MoveNext() && !chunks.Name.SequenceEqual("IEND"u8))
        {
            var data = chunks.Data;
            if (chunks.Name.SequenceEqual("eXIf"u8) && (data.StartsWith("II"u8) || data.StartsWith("MM"u8)))
                return data;
        }
        return default;
    }

    /// <summary>True for a description, a maker or a model that the block is too short for.</summary>
    private static bool IsTextOutside(ReadOnlySpan<byte> entry, int length, bool isLittle)
    {
        long bytes = Read32(entry[CountOffset..], isLittle);
        return Read16(entry, isLittle) is >= Description and <= Model
            && bytes > EntryBytes - ValueOffset // else it is in the entry itself
            && Read32(entry[ValueOffset..], isLittle) + bytes > length;
    }

    private static long Read32(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static ushort Read16(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
