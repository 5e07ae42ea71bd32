using System.Security.Cryptography;

namespace GalaxyNet.Tests;

/// <summary>The sky of an image, and the stretch of Lupton et al. 2004.</summary>
[TestFixture]
internal sealed class AsinhStretchTests
{
    private const int Size = 100;

    [TestCase(0, 1)]
    [TestCase(1_000, 1)]
    [TestCase(-3e-4, 1e-6)]
    public void TheSkyIsMeasuredBehindAGalaxy(double level, double noise)
    {
        double[] pixels = [.. FitsBytes.Galaxy(peak: 300, sky: 0, Size).Select(x => level + (noise * x))];
        pixels[5] = double.NaN;
        pixels[6] = double.PositiveInfinity;
        var sky = Sky.Of(pixels)!.Value;
        Assert.That(sky.Level, Is.EqualTo(level).Within(0.25 * noise), "the galaxy reaches far out");
        Assert.That(sky.Noise, Is.EqualTo(noise).Within(0.15 * noise));
    }

    [Test]
    public void WhereNothingIsFiniteThereIsNoSky() =>
        Assert.That(Sky.Of([double.NaN, double.NegativeInfinity]), Is.Null);

    /// <summary>The median 2 and the MAD 1: five pixels are too few for any to be left out.</summary>
    [Test]
    public void ASkyByHand() =>
        Assert.That(Sky.Of([0, 1, 2, 3, 4]), Is.EqualTo(new Sky(2, 1.4826)));

    [TestCase(0, 0)]
    [TestCase(1, 0.0199667)] // arcsinh(0.1) / 5
    [TestCase(10, 0.1762747)] // arcsinh(1) / 5
    [TestCase(742.032106, 1)] // sinh(5) / 0.1
    public void TheStretchIsThatOfTheFormula(double mean, double expected) =>
        Assert.That(AsinhStretch.Stretched(mean), Is.EqualTo(expected).Within(1e-6));

    /// <summary>
    /// Five pixels, of which the middle one is the sky: 2, with a noise of 1.4826 / 2. Each of x = (value - 2) / noise
    /// and m = -0.5 becomes 255 arcsinh(0.1 (x + 0.5)) / 5.
    /// </summary>
    [Test]
    public void APlaneIsGray()
    {
        double[] plane = [1.5, 1.5, 2, 2.5, 2.5];
        var rgb = AsinhStretch.ToRgb(new FitsImage(5, 1, [plane]));
        byte[] expected = [.. plane.Select(value => Level(((value - 2) / (1.4826 * 0.5)) + 0.5))];
        Assert.That(rgb.Pixels, Is.EqualTo(expected.SelectMany(level => new[] { level, level, level })));
        Assert.That(expected[0], Is.Zero);
        Assert.That(expected[2], Is.EqualTo(3), "the sky");

        static byte Level(double mean) => (byte)Math.Max(0, Math.Round(255 * Math.Asinh(0.1 * mean) / 5));
    }

    /// <summary>In each band the sky is 0 with a noise of 1.4826; the last pixel is 40, 20 and 10 of it.</summary>
    [Test]
    public void ColorsStayWhatTheyAre()
    {
        const double noise = 1.4826;
        double[][] bands = [.. new[] { 40, 20, 10 }.Select(peak => (double[])[-1, -1, 0, 1, 1, peak * noise])];
        var rgb = AsinhStretch.ToRgb(new FitsImage(6, 1, bands));
        double gain = Math.Asinh(0.1 * (40.5 + 20.5 + 10.5) / 3) / 5 / ((40.5 + 20.5 + 10.5) / 3);
        Assert.That(rgb.Pixels[^3..], Is.EqualTo(new[] { 40.5, 20.5, 10.5 }.Select(x => Math.Round(255 * gain * x))));
    }

    /// <summary>Where a band would be above white, all are divided by it: it does not turn white.</summary>
    [Test]
    public void WhatIsTooBrightKeepsItsColor()
    {
        double[][] bands = [.. new[] { 1e6, 5e5, 0 }.Select(peak => (double[])[-1, -1, 0, 1, 1, peak])];
        byte[] brightest = AsinhStretch.ToRgb(new FitsImage(6, 1, bands)).Pixels[^3..];
        Assert.That(brightest, Is.EqualTo((byte[])[255, 128, 0]));
    }

    [Test]
    public void WhatHasNoValueIsAsDarkAsTheSky()
    {
        var rgb = AsinhStretch.ToRgb(new FitsImage(6, 1, [[1.5, 1.5, 2, 2.5, 2.5, double.NaN]]));
        Assert.That(rgb.Pixels[^1], Is.EqualTo(3));
    }

    [Test]
    public void WithoutNoiseTheBrightestIsWhite()
    {
        var rgb = AsinhStretch.ToRgb(new FitsImage(5, 1, [[0, 0, 0, 0, 7]]));
        Assert.That(rgb.Pixels[^1], Is.EqualTo(255));
        Assert.That(rgb.Pixels[..^3], Has.All.LessThan(10));
        Assert.That(AsinhStretch.ToRgb(new FitsImage(2, 1, [[4, 4]])).Pixels, Has.All.Zero);
    }

    /// <summary>Whatever the unit, also where its numbers are none of 32 bits.</summary>
    [TestCase(900)]
    [TestCase(-900)]
    public void TheUnitDoesNotMatter(int exponent)
    {
        double[] galaxy = FitsBytes.Galaxy(peak: 300, sky: 10, Size);
        double[] other = [.. galaxy.Select(value => Math.ScaleB(value, exponent))];
        Assert.That(Stretched(other), Is.EqualTo(Stretched(galaxy)));

        static byte[] Stretched(double[] pixels) =>
            new ImageDecoder().Decode(FitsBytes.Image(-64, [Size, Size], pixels), "galaxy.fits").Pixels;
    }

    /// <summary>As where an unknown brightness is written as the largest number there is.</summary>
    [Test]
    public void APixelFarBeyondAllOthersIsWhite()
    {
        double[] galaxy = FitsBytes.Galaxy(peak: 300, sky: 10, Size);
        byte[] without = AsinhStretch.ToRgb(new FitsImage(Size, Size, [[.. galaxy]])).Pixels;
        galaxy[0] = double.MaxValue;
        byte[] with = AsinhStretch.ToRgb(new FitsImage(Size, Size, [galaxy])).Pixels;
        Assert.That(with[..3], Has.All.EqualTo(255));
        Assert.That(with[3..].Zip(without[3..], (a, b) => Math.Abs(a - b)), Has.All.LessThanOrEqualTo(1));
    }

    [Test]
    public void AnImageWithoutAnyValueIsRefused() => Assert.That(
        () => AsinhStretch.ToRgb(new FitsImage(1, 1, [[double.NaN]])),
        Throws.TypeOf<InvalidDataException>().With.Message.Contains("no pixel with a value"));

    /// <summary>What a survey measures is cut out as a galaxy of the challenge is, and raises no warning.</summary>
    [TestCase(30)]
    [TestCase(300)]
    [TestCase(3_000)]
    public void AGalaxyOnASkyIsFound(double peak)
    {
        byte[] file = FitsBytes.Image(-32, [Size, Size], FitsBytes.Galaxy(peak, sky: 1_000, Size));
        var image = new ImageDecoder().Decode(file, "galaxy.fits");
        var box = GalaxyCrop.Wide.FindGalaxy(image)!.Value;
        Assert.That(Math.Abs(box.X + (box.Width / 2) - (Size / 2)), Is.LessThan(Size / 5));
        Assert.That(box.Width, Is.GreaterThan(Size / 10));
        Assert.That(ImageCheck.Of(file, image), Is.EqualTo(ImageWarnings.None));
    }

    /// <summary>If a change that fails this is meant, the version of <see cref="CropForm"/> must be raised.</summary>
    [Test]
    public void OtherPixelsOfTheSameFileNeedAnotherVersion()
    {
        byte[] file = FitsBytes.Image(-64, [Size, Size], FitsBytes.Galaxy(peak: 300, sky: 10, Size));
        string hash = Convert.ToHexStringLower(SHA256.HashData(new ImageDecoder().Decode(file, "galaxy").Pixels))[..16];
        Assert.That(new CropForm(GalaxyCrop.Wide, 64).Identity, Does.StartWith("GalaxyNet crops 3,"));
        Assert.That(hash, Is.EqualTo("8b27c4853680138c"));
    }
}
