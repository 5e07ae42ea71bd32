using System.Security.Cryptography;
using System.Text;

namespace GalaxyNet.Layers;

/// <summary>
/// The SHA-256 that files written here carry in their header's free text, under <c>sha256</c>: that of the whole file,
/// with zeros instead of its own 64 digits. Files without one, such as PyTorch's, are taken as they are.
/// </summary>
internal static class SafetensorsChecksum
{
    public const string Key = "sha256";

    private const int Digits = 2 * SHA256.HashSizeInBytes;
    private const int ChunkSize = 1 << 20;

    /// <summary>Stands for the checksum until it is known.</summary>
    public static string Zeros { get; } = new('0', Digits);

    /// <summary>The checksum's digits in a header that has room for them.</summary>
    public static Range? RangeIn(ReadOnlySpan<byte> header)
    {
        var start = "\"sha256\":\""u8;
        int first = header.IndexOf(start) + start.Length;
        return first >= start.Length && first + Digits <= header.Length ? first..(first + Digits) : null;
    }

    /// <summary>Sums up a file that is being read or written, from its length field on.</summary>
    public static IncrementalHash Start() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The digits of what was summed up.</summary>
    public static byte[] DigitsOf(IncrementalHash hash) =>
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));

    /// <summary>Checks a file that carries a checksum.</summary>
    /// <param name="length">The file's length field.</param>
    /// <param name="header">Its header.</param>
    /// <param name="data">The rest of it, which is read to the end.</param>
    /// <exception cref="FormatException">The file is not what was written.</exception>
    public static void Verify(ReadOnlySpan<byte> length, ReadOnlySpan<byte> header, Stream data)
    {
        byte[] original = header.ToArray();
        if (RangeIn(original) is not { } digits)
            throw new FormatException("its checksum is damaged");
        Encoding.ASCII.GetBytes(Zeros, original.AsSpan(digits));
        using var hash = Start();
        hash.AppendData(length);
        hash.AppendData(original);
        var chunk = new byte[Math.Min(ChunkSize, data.Length)];
        for (int read = data.Read(chunk); read > 0; read = data.Read(chunk))
            hash.AppendData(chunk.AsSpan(0, read));
        if (!header[digits].SequenceEqual(DigitsOf(hash)))
            throw new FormatException("its checksum does not match its bytes, so some of them have changed");
    }
}
