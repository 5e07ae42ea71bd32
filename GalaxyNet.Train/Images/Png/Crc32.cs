namespace GalaxyNet.Train;

/// <summary>The checksum of PNG's chunks: a cyclic redundancy check with the polynomial 0xedb88320.</summary>
/// <remarks>Source: https://www.w3.org/TR/png-3/#D-CRCAppendix.</remarks>
internal static class Crc32
{
    private const uint Polynomial = 0xedb88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(index => Remainder((uint)index))];

    /// <summary>Sums up bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
            sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Remainder(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) == 1 ? Polynomial ^ (value >> 1) : value >> 1;
        return value;
    }
}
