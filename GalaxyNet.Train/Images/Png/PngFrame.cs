using System.Buffers.Binary;

namespace GalaxyNet.Train;

/// <summary>What a PNG's header chunk says.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="BitsPerPixel">Of all channels together.</param>
/// <param name="IsInterlaced">True if the pixels come in the seven passes of Adam7.</param>
internal readonly record struct PngFrame(uint Width, uint Height, int BitsPerPixel, bool IsInterlaced)
{
    private const int MostExpansion = 1032; // of deflate: 258 bytes for a quarter of a byte

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

    /// <summary>What a PNG says of itself; null for a file that is none.</summary>
    public static PngFrame? Of(ReadOnlySpan<byte> file)
    {
        if (!PngCheck.IsPng(file))
            return null;
        var chunks = new PngChunks(file);
        return chunks.MoveNext() ? TryParse(chunks.Data) : null;
    }

    /// <summary>Reads the data of the chunk <c>IHDR</c>.</summary>
    /// <returns>Null if they are damaged.</returns>
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
