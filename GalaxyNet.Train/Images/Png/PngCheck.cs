using System.Buffers.Binary;
using System.IO.Compression;

namespace GalaxyNet.Train;

/// <summary>
/// Verifies a PNG: that all chunks are there with their checksums, and that the pixels unpack to as many bytes as the
/// header says, neither fewer nor gigabytes more.
/// </summary>
/// <remarks>Format: https://www.w3.org/TR/png-3/.</remarks>
internal static class PngCheck
{
    private const int ChunkOverhead = 12; // its length, its name and a checksum
    private const int BitDepthIndex = 24; // behind the signature, the first chunk's length and name, and the size
    private const int MostExpansion = 1032; // of deflate: 258 bytes for a quarter of a byte

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>True if a file begins as a PNG does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>True for a sound PNG of 16 bits a channel, of which the decoder takes the upper 8.</summary>
    public static bool Has16Bits(ReadOnlySpan<byte> file) => IsPng(file) && file[BitDepthIndex] == 16;

    /// <summary>What is wrong with the file, or null.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        PngFrame? frame = null;
        var packed = new MemoryStream();
        var rest = file[Signature.Length..];
        while (rest.Length >= ChunkOverhead)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkOverhead)
                break;
            var named = rest.Slice(4, 4 + (int)length);
            var name = named[..4];
            var data = named[4..];
            if (Crc32.Of(named) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]))
                return ImageHeader.Damaged;
            if (name.SequenceEqual("IEND"u8))
                return frame is { } known ? PixelProblem(known, packed) : ImageHeader.Damaged;
            if (name.SequenceEqual("IHDR"u8))
            {
                frame = PngFrame.TryParse(data);
                if (frame is not { } read)
                    return ImageHeader.Damaged;
                if (ImageHeader.SizeProblem(read.Width, read.Height, read.MostPixelsIn(file.Length)) is { } problem)
                    return problem;
            }
            if (name.SequenceEqual("IDAT"u8))
                packed.Write(data);
            rest = rest[((int)length + ChunkOverhead)..];
        }
        return ImageHeader.Truncated;
    }

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

    /// <summary>What a PNG's header chunk says.</summary>
    /// <param name="Width">In pixels.</param>
    /// <param name="Height">In pixels.</param>
    /// <param name="BitsPerPixel">Of all channels together.</param>
    /// <param name="IsInterlaced">True if the pixels come in the seven passes of Adam7.</param>
    private readonly record struct PngFrame(uint Width, uint Height, int BitsPerPixel, bool IsInterlaced)
    {
        // Of Adam7's passes: the first column and row, and the distance to the next.
        private static readonly (uint X, uint Y, uint StepX, uint StepY)[] Passes =
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

        /// <summary>The bytes of all rows, each with the byte that names its filter.</summary>
        public long UnpackedBytes
        {
            get
            {
                if (!IsInterlaced)
                    return Bytes(Width, Height);
                var (width, height, frame) = (Width, Height, this);
                return Passes.Sum(pass => frame.Bytes(
                    (width + pass.StepX - 1 - pass.X) / pass.StepX, (height + pass.StepY - 1 - pass.Y) / pass.StepY));
            }
        }

        public static PngFrame? TryParse(ReadOnlySpan<byte> header)
        {
            if (header.Length != 13 || header[10] != 0 || header[11] != 0 || header[12] > 1)
                return null;
            int? channels = (header[9], header[8]) switch
            {
                (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
                (4, 8 or 16) => 2,
                (2, 8 or 16) => 3,
                (6, 8 or 16) => 4,
                _ => null,
            };
            return channels is null
                ? null
                : new PngFrame(
                    BinaryPrimitives.ReadUInt32BigEndian(header),
                    BinaryPrimitives.ReadUInt32BigEndian(header[4..]),
                    channels.Value * header[8],
                    header[12] == 1);
        }

        /// <summary>How many pixels a file of some length can hold at most.</summary>
        public long MostPixelsIn(int fileLength) => (long)fileLength * MostExpansion * 8 / BitsPerPixel;

        private long Bytes(long width, long height) =>
            width == 0 ? 0 : height * (1 + (((width * BitsPerPixel) + 7) / 8));
    }
}
