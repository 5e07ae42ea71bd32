using System.Buffers.Binary;

namespace GalaxyNet.Train;

/// <summary>Goes from segment to segment of a JPEG (ITU-T T.81, annex B), over the coded data of its scans.</summary>
/// <param name="file">The bytes of the file.</param>
internal ref struct JpegSegments(ReadOnlySpan<byte> file)
{
    /// <summary>The marker before tables of Huffman codes.</summary>
    public const byte HuffmanTables = 0xc4;

    /// <summary>The marker behind the last scan.</summary>
    public const byte EndOfImage = 0xd9;

    /// <summary>The marker before a scan.</summary>
    public const byte StartOfScan = 0xda;

    /// <summary>The marker before tables of the steps that coefficients are rounded to.</summary>
    public const byte QuantizationTables = 0xdb;

    /// <summary>The marker before a frame of JPEG-LS.</summary>
    public const byte JpegLs = 0xf7;

    /// <summary>The marker before several frames of one image.</summary>
    public const byte Hierarchical = 0xde;

    private readonly ReadOnlySpan<byte> file = file;
    private int position = 2;
    private bool hasFrame;

    /// <summary>What kind of segment it is.</summary>
    public byte Marker { get; private set; }

    /// <summary>The segment's bytes behind its length; none of a marker that stands alone.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Why there is no next segment, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>True if the segment says how large the image is and how it is coded.</summary>
    public readonly bool IsFrame => Marker is (>= 0xc0 and <= 0xcf and not (HuffmanTables or 0xc8 or 0xcc))
        or Hierarchical or JpegLs;

    /// <summary>True if the segment is for programs and people (APP0 to APP15, a comment), or counts rows (DNL, DRI).
    /// </summary>
    public readonly bool IsAside => Marker is (>= 0xe0 and <= 0xef) or 0xfe or 0xdc or 0xdd;

    private readonly bool StandsAlone => Marker is 0x00 or 0x01 or (>= 0xd0 and <= EndOfImage);

    /// <summary>Goes to the next segment.</summary>
    /// <returns>False if there is a <see cref="Problem"/>.</returns>
    public bool MoveNext()
    {
        Problem = FindMarker() ?? ReadData();
        return Problem is null;
    }

    private string? FindMarker()
    {
        bool isInScan = Marker == StartOfScan;
        while (position + 1 < file.Length)
        {
            int skipped = file[position..^1].IndexOf((byte)0xff);
            if (skipped < 0)
                break;
            // The decoder would stop here, without a word, and what it has not decoded by then would be noise.
            if (skipped > 0 && hasFrame && !isInScan)
                return "is a JPEG with bytes between its segments, which are not read here: save it again";
            position += skipped + 1;
            byte marker = file[position];
            if (marker == 0xff || (isInScan && marker is 0x00 or (>= 0xd0 and <= 0xd7)))
                continue; // padding, a coded byte of 255, or the start of an interval
            position++;
            Marker = marker;
            return null;
        }
        return ImageHeader.Truncated;
    }

    private string? ReadData()
    {
        Data = default;
        if (StandsAlone)
            return null;
        int length = position + 2 > file.Length ? 0 : BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
        if (length < 2 || position + length > file.Length)
            return ImageHeader.Truncated;
        Data = file.Slice(position + 2, length - 2);
        position += length;
        hasFrame |= IsFrame;
        return null;
    }
}
