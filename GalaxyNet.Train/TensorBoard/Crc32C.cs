using System.Buffers.Binary;
using System.Numerics;

namespace GalaxyNet.Train;

/// <summary>The checksum of TensorFlow's records: a cyclic redundancy check with Castagnoli's polynomial.</summary>
/// <remarks>Source: RFC 3720, appendix B.4, has its examples.</remarks>
internal static class Crc32C
{
    private const int MaskRotation = 15;
    private const uint MaskOffset = 0xa282ead8;

    /// <summary>Sums up bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes)
            sum = BitOperations.Crc32C(sum, value);
        return ~sum;
    }

    /// <summary>
    /// The sum as a file holds it: a sum over bytes that hold their own sum would be the same for all of them.
    /// </summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) =>
        BitOperations.RotateRight(Of(bytes), MaskRotation) + MaskOffset;
}
