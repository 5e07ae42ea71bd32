using System.Buffers.Binary;

namespace GalaxyNet.Train;

/// <summary>How the pixels of a FITS image are stored: big-endian, scaled, some of them blank.</summary>
/// <param name="bits">BITPIX: 8 (without a sign), 16, 32 and 64 are integers, -32 and -64 floating point.</param>
/// <param name="scale">BSCALE: what stored numbers are multiplied by.</param>
/// <param name="zero">BZERO: what is added then, as 32,768 for 16-bit integers without a sign.</param>
/// <param name="blank">BLANK: the stored integer that stands for no value.</param>
internal readonly struct FitsPixels(int bits, double scale, double zero, long? blank)
{
    /// <summary>Reads a plane, whose rows are stored from the bottom to the top.</summary>
    /// <param name="stored">Its bytes: [height, width].</param>
    /// <param name="width">Pixels in a row.</param>
    /// <returns>[height, width] from the top to the bottom; NaN where there is no value.</returns>
    public double[] ReadPlane(ReadOnlySpan<byte> stored, int width)
    {
        int size = Math.Abs(bits) / 8;
        var plane = new double[stored.Length / size];
        int height = plane.Length / width;
        for (int i = 0; i < plane.Length; i++)
        {
            int row = height - 1 - (i / width);
            plane[(row * width) + (i % width)] = Read(stored[(i * size)..]);
        }
        return plane;
    }

    private double Read(ReadOnlySpan<byte> pixel)
    {
        if (bits < 0)
        {
            double value = bits == -32
                ? BinaryPrimitives.ReadSingleBigEndian(pixel)
                : BinaryPrimitives.ReadDoubleBigEndian(pixel);
            return zero + (scale * value);
        }
        long integer = bits switch
        {
            8 => pixel[0],
            16 => BinaryPrimitives.ReadInt16BigEndian(pixel),
            32 => BinaryPrimitives.ReadInt32BigEndian(pixel),
            _ => BinaryPrimitives.ReadInt64BigEndian(pixel),
        };
        return integer == blank ? double.NaN : zero + (scale * integer);
    }
}
