using System.Buffers.Binary;

namespace GalaxyNet.Train;

/// <summary>Goes from chunk to chunk of a PNG: each has a length, a name of four letters, data, a checksum.</summary>
/// <param name="file">The bytes of the file.</param>
/// <remarks>Format: https://www.w3.org/TR/png-3/.</remarks>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    private const int Overhead = 12; // length, name and checksum
    private const int NameBytes = 4;
    private const byte LowerCase = 0x20;

    private ReadOnlySpan<byte> rest = file[Signature.Length..];
    private ReadOnlySpan<byte> named;
    private uint checksum;

    /// <summary>What a PNG begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Four letters.</summary>
    public readonly ReadOnlySpan<byte> Name => named[..NameBytes];

    /// <summary>What is in it.</summary>
    public readonly ReadOnlySpan<byte> Data => named[NameBytes..];

    /// <summary>True if the checksum is that of the name and the data.</summary>
    public readonly bool IsSound => Crc32.Of(named) == checksum;

    /// <summary>True if the image can be understood without it: its name begins with a small letter.</summary>
    public readonly bool IsAncillary => (named[0] & LowerCase) != 0;

    /// <summary>Goes to the next chunk.</summary>
    /// <returns>False if the file ends before that chunk does.</returns>
    public bool MoveNext()
    {
        if (rest.Length < Overhead || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - Overhead)
            return false;
        int end = Overhead + (int)BinaryPrimitives.ReadUInt32BigEndian(rest);
        named = rest[NameBytes..(end - sizeof(uint))];
        checksum = BinaryPrimitives.ReadUInt32BigEndian(rest[(end - sizeof(uint))..]);
        rest = rest[end..];
        return true;
    }
}
