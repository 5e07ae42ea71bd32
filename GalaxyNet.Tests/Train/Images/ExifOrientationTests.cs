using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>
/// How a camera was held; <see cref="OpenCvImageTests"/> has many more files, read as OpenCV reads them.
/// </summary>
[TestFixture]
internal sealed class ExifOrientationTests
{
    private static readonly byte[] Exif =
        [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

    /// <summary>Of the pixels 1 2 3 above 4 5 6.</summary>
    [TestCase(0, "123 456")]
    [TestCase(1, "123 456")]
    [TestCase(2, "321 654")]
    [TestCase(3, "654 321")]
    [TestCase(4, "456 123")]
    [TestCase(5, "14 25 36")]
    [TestCase(6, "41 52 63")]
    [TestCase(7, "63 52 41")]
    [TestCase(8, "36 25 14")]
    [TestCase(9, "123 456")]
    public void AnImageIsTurned(int orientation, string expected)
    {
        foreach (int channels in new[] { 1, 3 })
        {
            var image = new Image(3, 2, channels);
            for (int i = 0; i < image.Pixels.Length; i++)
                image.Pixels[i] = (byte)((10 * (i % channels)) + 1 + (i / channels));
            var turned = ExifOrientation.Turned(image, orientation);
            var rows = Enumerable.Range(0, turned.Height).Select(y => turned.Row(y).ToArray());
            Assert.That(
                string.Join(' ', rows.Select(row => string.Concat(row.Where((_, i) => i % channels == 0)))),
                Is.EqualTo(expected));
            Assert.That(
                turned.Pixels.Where((_, i) => i % channels == channels - 1),
                Is.EqualTo(turned.Pixels.Where((_, i) => i % channels == 0).Select(x => x + (10 * (channels - 1)))));
        }
    }

    [Test]
    public void TheOrientationIsThatOfTheEntry() => Assert.That(ExifOrientation.Of(Exif), Is.EqualTo(6));

    [Test]
    public void WhatIsDamagedIsIgnoredAtOnce()
    {
        for (int length = 0; length <= Exif.Length; length++)
            Assert.That(ExifOrientation.Of(Exif.AsSpan(0, length)), Is.EqualTo(length < 20 ? 1 : 6));
        var mutations = new Mutations(seed: 7);
        byte[] long64 = [.. Exif[..8], 0xff, 0xff, .. new byte[65_000]];
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 2_000; i++)
        {
            Assert.That(() => ExifOrientation.Of(mutations.Of(Exif)), Throws.Nothing);
            Assert.That(ExifOrientation.Of(long64), Is.EqualTo(1));
        }
        Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(10));
    }
}
