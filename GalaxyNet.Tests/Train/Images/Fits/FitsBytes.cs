using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace GalaxyNet.Tests;

/// <summary>Makes FITS files byte by byte, as the standard has them.</summary>
internal static class FitsBytes
{
    private const int Block = 2880;

    /// <summary>A primary image; <paramref name="cards"/> come after those that every image has.</summary>
    public static byte[] Image(int bits, int[] axes, double[] stored, params string[] cards) =>
        [.. Header([Card("SIMPLE", "T"), .. Cards(bits, axes), .. cards]), .. Data(bits, stored)];

    /// <summary>The same in an extension.</summary>
    public static byte[] Extension(string kind, int bits, int[] axes, double[] stored, params string[] cards)
    {
        string[] all = [Card("XTENSION", $"'{kind,-8}'"), .. Cards(bits, axes), Card("PCOUNT", 0), Card("GCOUNT", 1)];
        return [.. Header([.. all, .. cards]), .. Data(bits, stored)];
    }

    /// <summary>A primary header without data, which extensions follow.</summary>
    public static byte[] Empty => Header(Card("SIMPLE", "T"), Card("BITPIX", 8), Card("NAXIS", 0), Card("EXTEND", "T"));

    public static byte[] Header(params string[] cards) =>
        Filled(Encoding.ASCII.GetBytes(string.Concat([.. cards, $"{"END",-80}"])), (byte)' ');

    public static string Card(string keyword, object value, string comment = "") =>
        $"{keyword,-8}= {Convert.ToString(value, CultureInfo.InvariantCulture),20} / {comment}".PadRight(80);

    public static byte[] Packed(byte[] file)
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest))
            packing.Write(file);
        return packed.ToArray();
    }

    /// <summary>A galaxy on a sky with noise: what a survey's image is like.</summary>
    /// <param name="peak">The galaxy's brightest pixel above the sky.</param>
    /// <param name="sky">The sky's level; its noise is 1.</param>
    /// <param name="size">The width and the height.</param>
    public static double[] Galaxy(double peak, double sky, int size)
    {
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, size * size).Select(i =>
            {
                double distance = double.Hypot((i % size) - (size / 2), (i / size) - (size / 2));
                double noise = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
                return sky + noise + (peak * Math.Exp(-24 * distance / size));
            }),
        ];
    }

    private static IEnumerable<string> Cards(int bits, int[] axes) =>
    [
        Card("BITPIX", bits), Card("NAXIS", axes.Length), .. axes.Select((axis, i) => Card($"NAXIS{i + 1}", axis)),
    ];

    private static byte[] Data(int bits, double[] stored)
    {
        int size = Math.Abs(bits) / 8;
        var bytes = new byte[stored.Length * size];
        for (int i = 0; i < stored.Length; i++)
        {
            var pixel = bytes.AsSpan(i * size);
            switch (bits)
            {
                case 8: pixel[0] = (byte)stored[i]; break;
                case 16: BinaryPrimitives.WriteInt16BigEndian(pixel, (short)stored[i]); break;
                case 32: BinaryPrimitives.WriteInt32BigEndian(pixel, (int)stored[i]); break;
                case 64: BinaryPrimitives.WriteInt64BigEndian(pixel, (long)stored[i]); break;
                case -32: BinaryPrimitives.WriteSingleBigEndian(pixel, (float)stored[i]); break;
                default: BinaryPrimitives.WriteDoubleBigEndian(pixel, stored[i]); break;
            }
        }
        return Filled(bytes, 0);
    }

    private static byte[] Filled(byte[] bytes, byte filler) =>
        [.. bytes, .. Enumerable.Repeat(filler, (Block - (bytes.Length % Block)) % Block)];
}
