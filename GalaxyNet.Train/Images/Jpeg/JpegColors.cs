using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using StbImageSharp;

namespace GalaxyNet.Train;

/// <summary>
/// A JPEG's luminance and colors to RGB, to the bit as <see cref="StbImage.stbi__YCbCr_to_RGB_row"/>, which takes a
/// third of the time of decoding, and in vectors a tenth of that.
/// </summary>
/// <remarks>
/// With Cb and Cr less 128: R = Y + 1.402 Cr, G = Y - 0.71414 Cr - 0.34414 Cb, B = Y + 1.772 Cb, rounded in fixed point
/// (ITU-T T.871).
/// </remarks>
internal static class JpegColors
{
    private const int FractionBits = 20;
    private const int Half = 1 << (FractionBits - 1);
    private const int RedOfCr = 5743 << 8; // 12 bits of a fraction, as the decoder has them
    private const int GreenOfCr = -2925 << 8;
    private const int GreenOfCb = -1410 << 8;
    private const int BlueOfCb = 7258 << 8;
    private const int DroppedOfCb = ~0xffff; // the decoder drops half of this product

    private static readonly int PixelsAtOnce = Vector128<int>.Count;

    /// <summary>Converts a row.</summary>
    /// <param name="rgb">Gets the pixels: [count, step].</param>
    /// <param name="y">The luminance: [count].</param>
    /// <param name="cb">Blue: [count].</param>
    /// <param name="cr">Red: [count].</param>
    /// <param name="count">How many pixels.</param>
    /// <param name="step">The bytes of a pixel, of which three are written.</param>
    public static unsafe void ConvertRow(byte* rgb, byte* y, byte* cb, byte* cr, int count, int step)
    {
        int done = 0;
        // Four pixels are 12 bytes, but 16 are written: the next ones must lie in the same row.
        for (; step == 3 && done + PixelsAtOnce + 2 <= count; done += PixelsAtOnce)
            FourOf(Load(y + done), Load(cb + done), Load(cr + done)).Store(rgb + (step * done));
        StbImage.stbi__YCbCr_to_RGB_row(rgb + (step * done), y + done, cb + done, cr + done, count - done, step);
    }

    /// <summary>Converts pixels that hold luminance, blue and red: [count, 3].</summary>
    public static unsafe void Convert(Span<byte> pixels)
    {
        Span<byte> rgb = stackalloc byte[4]; // the library writes a byte behind the row
        fixed (byte* all = pixels, one = rgb)
        {
            for (int i = 0; i < pixels.Length; i += 3)
            {
                StbImage.stbi__YCbCr_to_RGB_row(one, all + i, all + i + 1, all + i + 2, 1, 3);
                rgb[..3].CopyTo(pixels[i..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> FourOf(Vector128<int> y, Vector128<int> cb, Vector128<int> cr)
    {
        var center = Vector128.Create(128);
        cb -= center;
        cr -= center;
        var gray = (y << FractionBits) + Vector128.Create(Half);
        var red = ToByte(gray + (cr * RedOfCr));
        var green = ToByte(gray + (cr * GreenOfCr) + ((cb * GreenOfCb) & Vector128.Create(DroppedOfCb)));
        var blue = ToByte(gray + (cb * BlueOfCb));
        var pixels = (red | (green << 8) | (blue << 16)).AsByte();
        var packed = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 15, 15, 15);
        return Vector128.Shuffle(pixels, packed);
    }

    private static Vector128<int> ToByte(Vector128<int> value) =>
        Vector128.Clamp(value >> FractionBits, Vector128<int>.Zero, Vector128.Create(255));

    private static unsafe Vector128<int> Load(byte* four)
    {
        var bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(four)).AsByte();
        return Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32();
    }
}
