using System.IO.Compression;
using System.Text;

namespace GalaxyNet.Train;

/// <summary>
/// Verifies a PNG: that all chunks are there with their checksums, and that the pixels unpack to as many bytes as the
/// header says, neither fewer nor gigabytes more.
/// </summary>
internal static class PngCheck
{
    private const int BitDepthIndex = 24; // behind the signature, the first chunk's length and name, and the size

    /// <summary>True if a file begins as a PNG does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(PngChunks.Signature);

    /// <summary>True for a sound PNG of 16 bits a channel, of which the decoder takes the upper 8.</summary>
    public static bool Has16Bits(ReadOnlySpan<byte> file) => IsPng(file) && file[BitDepthIndex] == 16;

    /// <summary>What is wrong with the file, or null.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        PngFrame? frame = null;
        var packed = new MemoryStream();
        var chunks = new PngChunks(file);
        while (chunks.MoveNext())
        {
            if (!chunks.IsSound)
                return ImageHeader.Damaged;
            if (chunks.Name.SequenceEqual("IEND"u8))
                return frame is { } known ? PixelProblem(known, packed) : ImageHeader.Damaged;
            if (chunks.Name.SequenceEqual("IHDR"u8))
            {
                frame = PngFrame.TryParse(chunks.Data);
                if (frame is not { } read)
                    return ImageHeader.Damaged;
                if (ImageHeader.SizeProblem(read.Width, read.Height, read.MostPixelsIn(file.Length)) is { } problem)
                    return problem;
            }
            else if (chunks.Name.SequenceEqual("IDAT"u8))
            {
                if (chunks.Data.IsEmpty)
                    return "is a PNG with an empty chunk of pixels, which is not read here: save it again";
                packed.Write(chunks.Data);
            }
            else if (!chunks.IsAncillary && !chunks.Name.SequenceEqual("PLTE"u8))
            {
                return UnknownProblem(chunks.Name);
            }
        }
        return ImageHeader.Truncated;
    }

    private static string UnknownProblem(ReadOnlySpan<byte> name) => name.SequenceEqual("CgBI"u8)
        ? "is a PNG as Xcode changes it for iPhones (CgBI): take the one it was made of"
        : $"is a PNG with a chunk {Encoding.ASCII.GetString(name)}, which is not read here: save it again";

    /// <summary>Unpacks the pixels without keeping them, and not one byte more than there should be.</summary>
    private static string? PixelProblem(PngFrame frame, MemoryStream packed)
    {
        packed.Position = 0;
        long left = frame.UnpackedBytes;
        var buffer = new byte[Math.Min(left + 1, 1 << 16)];
        try
        {
            using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
            for (int read = unpacked.Read(buffer); read > 0 && left >= 0; read = unpacked.Read(buffer))
                left -= read;
            return left == 0 ? null : ImageHeader.Damaged;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return ImageHeader.Damaged;
        }
    }
}
