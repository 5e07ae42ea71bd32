using StbImageSharp;

namespace GalaxyNet.Tests;

/// <summary>The decoder makes what its library makes by itself, and keeps its memory.</summary>
[TestFixture]
internal sealed class ImageDecoderTests
{
    [Test]
    public void PixelsAreThoseOfTheLibrary()
    {
        var decoder = new ImageDecoder();
        foreach (string path in Directory.GetFiles(DrawnGalaxies.Images))
        {
            byte[] file = ImageFile.ReadBytes(path);
            byte[] expected = ImageResult.FromMemory(file, ColorComponents.RedGreenBlue).Data;
            Assert.That(decoder.Decode(file, path).Pixels.AsSpan().SequenceEqual(expected), path);
        }
    }

    [Test]
    public unsafe void AllColorsAreThoseOfTheLibrary()
    {
        const int levels = 256;
        byte[] luminance = [.. Enumerable.Range(0, levels).Select(level => (byte)level)];
        var expected = new byte[(3 * levels) + 1]; // the library writes a byte behind the row
        var converted = new byte[expected.Length];
        var blue = new byte[levels];
        var red = new byte[levels];
        for (int colors = 0; colors < levels * levels; colors++)
        {
            Array.Fill(blue, (byte)(colors / levels));
            Array.Fill(red, (byte)(colors % levels));
            fixed (byte* y = luminance, cb = blue, cr = red, one = expected, other = converted)
            {
                StbImage.stbi__YCbCr_to_RGB_row(one, y, cb, cr, levels, 3);
                JpegColors.ConvertRow(other, y, cb, cr, levels, 3);
            }
            if (!converted.AsSpan().SequenceEqual(expected))
                Assert.Fail($"Cb {colors / levels}, Cr {colors % levels}");
        }
    }

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(11)]
    public unsafe void NothingIsWrittenBehindARow(int width)
    {
        var rgb = new byte[(3 * width) + 8];
        fixed (byte* target = rgb, gray = Enumerable.Repeat((byte)128, width).ToArray())
            JpegColors.ConvertRow(target, gray, gray, gray, width, 3);
        Assert.That(rgb[..(3 * width)], Has.All.EqualTo(128));
        Assert.That(rgb[((3 * width) + 1)..], Has.All.Zero, "but for the byte that the library writes");
    }

    [Test]
    public void ImagesOfOneSizeShareTheirMemory()
    {
        var decoder = new ImageDecoder();
        byte[] file = ImageFile.ReadBytes(Directory.GetFiles(DrawnGalaxies.Images)[0]);
        var first = decoder.Decode(file, "first");
        Assert.That(decoder.Decode(file, "second").Pixels, Is.SameAs(first.Pixels));
    }
}
