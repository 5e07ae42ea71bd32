using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GalaxyNet.Train;

/// <summary>
/// An image in the notebook's gray, in OpenCV's 15-bit fixed point: see <see cref="GalaxyCrop"/>. Its memory is lent by
/// a pool until it is disposed of, so that thousands of images leave no garbage.
/// </summary>
internal sealed class GrayPixels : IDisposable
{
    private const int RedWeight = 3735;
    private const int GreenWeight = 19235;
    private const int BlueWeight = 9798;
    private const int FractionBits = 15;
    private const int Half = 1 << (FractionBits - 1);

    private readonly byte[] lent;

    /// <summary>Computes the gray of an RGB image.</summary>
    /// <exception cref="ArgumentException">The image is not RGB.</exception>
    public GrayPixels(Image image)
    {
        if (image.Channels != 3)
            throw new ArgumentException("Galaxies are looked for in RGB images.", nameof(image));
        (Width, Height) = (image.Width, image.Height);
        lent = ArrayPool<byte>.Shared.Rent(Width * Height);
        Convert(image.Pixels, lent.AsSpan(0, Width * Height));
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The bytes: [height, width].</summary>
    public ReadOnlySpan<byte> Pixels => lent.AsSpan(0, Width * Height);

    /// <summary>A rectangle of the image, not copied.</summary>
    /// <exception cref="ArgumentException">The box is not inside the image.</exception>
    public ImagePart Part(Box box) => new(Pixels, Width, channels: 1, box);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(lent);

    private static void Convert(ReadOnlySpan<byte> rgb, Span<byte> gray)
    {
        int done = 0;
        // Four pixels lie in 12 bytes, but 16 are read.
        for (; (3 * done) + Vector128<byte>.Count <= rgb.Length; done += 4)
        {
            uint four = FourOf(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(rgb), (nuint)(3 * done)));
            BinaryPrimitives.WriteUInt32LittleEndian(gray[done..], four);
        }
        for (; done < gray.Length; done++)
        {
            int sum = (RedWeight * rgb[3 * done]) + (GreenWeight * rgb[(3 * done) + 1])
                + (BlueWeight * rgb[(3 * done) + 2]);
            gray[done] = (byte)((sum + Half) >> FractionBits);
        }
    }

    /// <summary>The gray of the first four pixels of a vector, a byte each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint FourOf(Vector128<byte> rgb)
    {
        const byte zero = 255; // no byte of a vector has this index
        var spread = Vector128.Create(0, 1, 2, zero, 3, 4, 5, zero, 6, 7, 8, zero, 9, 10, 11, zero);
        var pixels = Vector128.Shuffle(rgb, spread).AsInt32();
        var mask = Vector128.Create(255);
        var sums = ((pixels & mask) * RedWeight) + (((pixels >> 8) & mask) * GreenWeight)
            + ((pixels >> 16) * BlueWeight) + Vector128.Create(Half);
        var lowest = Vector128.Create(
            0, 4, 8, 12, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero);
        return Vector128.Shuffle((sums >> FractionBits).AsByte(), lowest).AsUInt32().ToScalar();
    }
}
