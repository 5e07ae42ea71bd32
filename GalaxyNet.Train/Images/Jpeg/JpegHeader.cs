using System.Buffers.Binary;

namespace GalaxyNet.Train;

/// <summary>What the segments before a JPEG's first scan say.</summary>
/// <remarks>
/// Formats: ITU-T T.81, annex B, for the frame; T.871 for JFIF; T.872 for Adobe's marker. What the colors are is
/// decided as OpenCV's decoder (libjpeg) decides it, where these contradict each other too: JFIF's word counts before
/// Adobe's, and Adobe's before the names of the channels.
/// </remarks>
internal readonly ref struct JpegHeader
{
    private const byte App0 = 0xe0;
    private const byte App1 = 0xe1;
    private const byte App14 = 0xee;
    private const byte Progressive = 0xc2;
    private const int FrameBytes = 6; // before the channels
    private const int ChannelBytes = 3;
    private const int JfifBytes = 14;
    private const int AdobeBytes = 12;

    private readonly byte frameMarker;
    private readonly ReadOnlySpan<byte> frame;
    private readonly bool isJfif;
    private readonly byte? adobeTransform;

    /// <summary>Reads the header of a JPEG, as far as there is one.</summary>
    public JpegHeader(ReadOnlySpan<byte> file)
    {
        bool hasApp1 = false;
        var segments = new JpegSegments(file);
        while (segments.MoveNext() && segments.Marker is not (JpegSegments.StartOfScan or JpegSegments.EndOfImage))
        {
            var data = segments.Data;
            if (segments.IsFrame && frameMarker == 0)
            {
                frameMarker = segments.Marker;
                frame = data;
            }
            else if (segments.Marker == App0)
            {
                isJfif |= data.Length >= JfifBytes && data.StartsWith("JFIF\0"u8);
            }
            else if (segments.Marker == App14 && data.Length >= AdobeBytes && data.StartsWith("Adobe\0"u8))
            {
                adobeTransform = data[AdobeBytes - 1];
            }
            else if (segments.Marker == App1 && !hasApp1)
            {
                hasApp1 = true;
                FirstApp1 = data;
            }
        }
    }

    /// <summary>The first of the segments in which cameras say how they were held; empty if there is none.</summary>
    public ReadOnlySpan<byte> FirstApp1 { get; }

    /// <summary>How many channels there are.</summary>
    public int Channels => frame.Length < FrameBytes ? 0 : frame[FrameBytes - 1];

    /// <summary>True if the image becomes finer from scan to scan.</summary>
    public bool IsProgressive => frameMarker == Progressive;

    /// <summary>True if the three channels are red, green and blue, not luminance and two colors.</summary>
    public bool IsRgb => Channels == 3 && !isJfif && (adobeTransform is { } transform
        ? transform == 0
        : NameOf(0) == 'R' && NameOf(1) == 'G' && NameOf(2) == 'B');

    /// <summary>The byte that scans call a channel by.</summary>
    public byte NameOf(int channel) => frame[FrameBytes + (ChannelBytes * channel)];

    /// <summary>The number of the table of steps that a channel's coefficients are rounded to.</summary>
    public byte QuantizationTableOf(int channel) => frame[FrameBytes + (ChannelBytes * channel) + 2];

    /// <summary>What is wrong with it, or null, as for a file that ends before its frame.</summary>
    /// <param name="mostPixels">How many pixels the file can hold.</param>
    public string? Problem(long mostPixels)
    {
        if (frameMarker == 0)
            return null;
        if (KindProblem is { } kind)
            return $"is {kind}, which is not read here: save it again as an ordinary JPEG or as a PNG";
        if (frame.Length < FrameBytes || frame.Length < FrameBytes + (ChannelBytes * Channels))
            return ImageHeader.Damaged;
        int height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        if (height == 0 && width > 0)
            return "is a JPEG whose height comes after its pixels (DNL), which is not read here: save it again";
        return ImageHeader.SizeProblem(width, height, mostPixels) ?? ColorProblem;
    }

    private string? KindProblem => frameMarker switch
    {
        JpegSegments.Hierarchical or (>= 0xc5 and <= 0xc7) or (>= 0xcd and <= 0xcf) => "a hierarchical JPEG",
        0xc3 or 0xcb => "a lossless JPEG",
        0xc9 or 0xca => "a JPEG with arithmetic coding",
        JpegSegments.JpegLs => "a JPEG-LS image",
        _ when frame.Length > 0 && frame[0] != 8 => $"a JPEG of {frame[0]} bits a channel",
        _ => null,
    };

    private string? ColorProblem => Channels switch
    {
        1 or 3 => null,
        4 when adobeTransform is 0 or 2 => null,
        4 => "is a JPEG of four channels (CMYK) without Adobe's marker of what they mean: convert it to RGB",
        _ => $"is a JPEG of {Channels} channels, where gray has 1 and color 3: convert it to gray or to RGB",
    };
}
