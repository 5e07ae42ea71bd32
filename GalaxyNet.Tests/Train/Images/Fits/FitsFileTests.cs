namespace GalaxyNet.Tests;

/// <summary>FITS files, good and bad, as the standard and its loose readers have them.</summary>
[TestFixture]
internal sealed class FitsFileTests
{
    private static readonly int[] TwoByThree = [2, 3];
    private static readonly double[] Stored = [1, 2, 3, 4, 5, 6];
    private static readonly double[] FromTheTop = [5, 6, 3, 4, 1, 2];

    [TestCase(8)]
    [TestCase(16)]
    [TestCase(32)]
    [TestCase(64)]
    [TestCase(-32)]
    [TestCase(-64)]
    public void RowsRunFromTheBottomToTheTop(int bits)
    {
        var image = FitsFile.Read(FitsBytes.Image(bits, TwoByThree, Stored));
        Assert.That((image.Width, image.Height), Is.EqualTo((2, 3)));
        Assert.That(image.Planes.Single(), Is.EqualTo(FromTheTop));
    }

    [Test]
    public void BytesAreBigEndian()
    {
        byte[] file = FitsBytes.Image(16, [2, 1], [0, 0]);
        file[2880] = 0x01;
        file[2881] = 0x02;
        file[2882] = 0xff;
        file[2883] = 0xfe;
        Assert.That(FitsFile.Read(file).Planes[0], Is.EqualTo((double[])[258, -2]));
    }

    [TestCase(8, 255, 255)]
    [TestCase(16, -32_768, -32_768)]
    [TestCase(32, int.MinValue, int.MinValue)]
    [TestCase(64, 1L << 40, 1L << 40)]
    [TestCase(-32, -1.5, -1.5)]
    [TestCase(-64, 1e-3, 1e-3)]
    public void TheLargestAndTheSmallestNumbers(int bits, double stored, double expected) =>
        Assert.That(FitsFile.Read(FitsBytes.Image(bits, [1, 1], [stored])).Planes[0][0], Is.EqualTo(expected));

    [Test]
    public void IntegersWithoutASignAreMovedByBzero() => Assert.That(
        FitsFile.Read(FitsBytes.Image(16, [3, 1], [-32_768, 0, 32_767], FitsBytes.Card("BZERO", 32_768)))
            .Planes[0],
        Is.EqualTo((double[])[0, 32_768, 65_535]));

    [TestCase("2.5E-1")]
    [TestCase("2.5D-1")]
    [TestCase("0.25")]
    public void NumbersAreScaled(string scale) => Assert.That(
        FitsFile.Read(FitsBytes.Image(
            32, [2, 1], [-4, 8], FitsBytes.Card("BSCALE", scale), FitsBytes.Card("BZERO", "10."))).Planes[0],
        Is.EqualTo((double[])[9, 12]));

    [TestCase(8, 7)]
    [TestCase(16, -7)]
    [TestCase(64, -7)]
    public void ABlankPixelHasNoValue(int bits, int blank) => Assert.That(
        FitsFile.Read(FitsBytes.Image(
            bits, [2, 1], [blank, 3], FitsBytes.Card("BLANK", blank), FitsBytes.Card("BZERO", 1))).Planes[0],
        Is.EqualTo((double[])[double.NaN, 4]));

    [Test]
    public void FloatingPointHasNaNInsteadAndNoBlank() => Assert.That(
        FitsFile.Read(FitsBytes.Image(-32, [2, 1], [double.NaN, 3], FitsBytes.Card("BLANK", 3))).Planes[0],
        Is.EqualTo((double[])[double.NaN, 3]));

    [Test]
    public void ThreePlanesAreRedGreenAndBlue() =>
        Assert.That(BandsOf(), Is.EqualTo((double[])[1, 2, 3]));

    [TestCase("'grz     '", 3, 2, 1)]
    [TestCase("'zrg'", 1, 2, 3)]
    [TestCase("'irg'", 1, 2, 3)]
    [TestCase("'RGB'", 1, 2, 3)]
    [TestCase("'gr'", 1, 2, 3)]
    public void NamesOfFiltersGiveTheirOrder(string bands, params int[] expected) =>
        Assert.That(BandsOf(FitsBytes.Card("BANDS", bands)), Is.EqualTo(expected));

    [Test]
    public void AxesOfLengthOneDoNotCount() => Assert.That(
        FitsFile.Read(FitsBytes.Image(16, [2, 3, 1, 1], Stored)).Planes.Single(), Is.EqualTo(FromTheTop));

    [Test]
    public void TheFirstExtensionWithPixelsIsRead()
    {
        byte[] table = FitsBytes.Extension("BINTABLE", 8, [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
        byte[] image = FitsBytes.Extension("IMAGE", 16, TwoByThree, Stored);
        byte[] empty = FitsBytes.Extension("IMAGE", 16, [], []);
        byte[] other = FitsBytes.Extension("IMAGE", 16, [1, 1], [9]);
        Assert.That(
            FitsFile.Read([.. FitsBytes.Empty, .. table, .. empty, .. image, .. other]).Planes.Single(),
            Is.EqualTo(FromTheTop));
    }

    [Test]
    public void AHeaderMayBeLongAndOdd()
    {
        string[] cards =
        [
            $"{"COMMENT = 'not a value",-80}", $"{"HISTORY",-80}", new string(' ', 80),
            $"{"OBJECT  = 'NGC / 4''s = END'   / slashes and quotes in a string",-80}",
            .. Enumerable.Range(0, 100).Select(i => FitsBytes.Card($"KEY{i}", i)),
            FitsBytes.Card("BZERO", 5, "the first of two counts"), FitsBytes.Card("BZERO", 6),
            $"{"NAXIS1  =2/no space at all",-80}",
        ];
        byte[] file = FitsBytes.Image(16, TwoByThree, Stored, cards);
        Assert.That(FitsFile.Read(file).Planes[0][^1], Is.EqualTo(7f));
    }

    [Test]
    public void WithoutTheLastBlocksFillingAndWithSomethingBehindIt()
    {
        byte[] file = FitsBytes.Image(16, TwoByThree, Stored);
        Assert.That(FitsFile.Read(file[..(2880 + 12)]).Planes.Single(), Is.EqualTo(FromTheTop));
        Assert.That(FitsFile.Read([.. file, 1, 2, 3]).Planes.Single(), Is.EqualTo(FromTheTop));
    }

    [Test]
    public void ACutFileIsRefusedAtEveryLength()
    {
        byte[] file = FitsBytes.Image(16, TwoByThree, Stored);
        for (int length = 9; length < 2880 + 12; length++)
            AssertRefused(file[..length], "truncated");
    }

    [Test]
    public void PackedByGzip()
    {
        byte[] packed = FitsBytes.Packed(FitsBytes.Image(16, TwoByThree, Stored));
        Assert.That(FitsFile.IsFits(packed), Is.True);
        Assert.That(FitsFile.Read(packed).Planes.Single(), Is.EqualTo(FromTheTop));
        for (int length = 2; length < packed.Length / 2; length++)
            AssertRefused(packed[..length], "");
        AssertRefused(FitsBytes.Packed("no image"u8.ToArray()), "is packed by gzip, and no FITS file: unpack it");
        AssertRefused(FitsBytes.Packed("<html>"u8.ToArray()), "no FITS file but a web page (HTML): unpack it");
        AssertRefused(FitsBytes.Packed(new byte[ImageFile.MaximumBytes + 1]), "cut the galaxy out");
    }

    [Test]
    public void WhatIsNoImageIsNamed()
    {
        byte[] table = FitsBytes.Extension("BINTABLE", 8, [4, 1], [1, 2, 3, 4]);
        AssertRefused(
            [.. FitsBytes.Empty, .. table],
            "only a header without data (NAXIS = 0), a table (BINTABLE): give the image");
        AssertRefused(FitsBytes.Empty, "which has two axes or three, only a header without data (NAXIS = 0): give");
        AssertRefused(
            FitsBytes.Image(-32, [5], [1, 2, 3, 4, 5]), "only a row of 5 numbers, as a spectrum is (NAXIS = 1)");
        AssertRefused(FitsBytes.Image(8, [0, 4], []), "only an image of 0 x 4 pixels");
        AssertRefused(
            [.. FitsBytes.Empty, .. FitsBytes.Extension("BINTABLE", 8, [1, 1], [0], FitsBytes.Card("ZIMAGE", "T"))],
            "funpack");
        AssertRefused(FitsBytes.Image(8, [1, 1, 4], [1, 2, 3, 4]), "1 x 1 x 4 pixels");
        AssertRefused(FitsBytes.Image(8, [3, 1, 2], Stored), "3 x 1 x 2 pixels");
        AssertRefused(FitsBytes.Image(8, [1, 1, 3, 2], Stored), "1 x 1 x 3 x 2 pixels; an image has one plane, or");
    }

    [Test]
    public void DamagedHeadersAreNamed()
    {
        AssertRefused(FitsBytes.Image(8, [1, 1], [0], FitsBytes.Card("BZERO", "many")), "BZERO = 'many'");
        AssertRefused(FitsBytes.Header(FitsBytes.Card("SIMPLE", "T"), FitsBytes.Card("BITPIX", 7)), "BITPIX = 7");
        AssertRefused(WithAxes("-3", "2"), "has NAXIS1 = -3; no axis is shorter than 0: mend its header");
        AssertRefused(WithAxes("2.5", "2"), "NAXIS1 = '2.5'");
        AssertRefused(WithAxes("9000000000000000000", "9000000000000000000"), "truncated");
        AssertRefused(WithAxes("60000", "60000"), "truncated");
        AssertRefused(
            FitsBytes.Header(FitsBytes.Card("SIMPLE", "T"), FitsBytes.Card("BITPIX", 8), FitsBytes.Card("NAXIS", 2)),
            "has no NAXIS1, which FITS requires: mend its header");
        AssertRefused(FitsBytes.Header(FitsBytes.Card("SIMPLE", "T"), FitsBytes.Card("BITPIX", 8)), "has no NAXIS,");
        AssertRefused(FitsBytes.Header(FitsBytes.Card("SIMPLE", "T")), "has no BITPIX,");
        AssertRefused(
            FitsBytes.Header(FitsBytes.Card("SIMPLE", "T"), FitsBytes.Card("BITPIX", 8), FitsBytes.Card("NAXIS", -1)),
            "has NAXIS = -1, which FITS does not have");
        AssertRefused(
            FitsBytes.Image(8, [1, 1], [0], FitsBytes.Card("PCOUNT", -5)), "has GCOUNT = 1 and PCOUNT = -5: mend");
    }

    private static double[] BandsOf(params string[] cards) =>
        [.. FitsFile.Read(FitsBytes.Image(-32, [1, 1, 3], [1, 2, 3], cards)).Planes.Select(plane => plane[0])];

    private static byte[] WithAxes(string width, string height) => FitsBytes.Header(
        FitsBytes.Card("SIMPLE", "T"),
        FitsBytes.Card("BITPIX", 8),
        FitsBytes.Card("NAXIS", 2),
        FitsBytes.Card("NAXIS1", width),
        FitsBytes.Card("NAXIS2", height));

    private static void AssertRefused(byte[] file, string problem) => Assert.That(
        () => FitsFile.Read(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains(problem));
}
