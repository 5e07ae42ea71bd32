using StbImageWriteSharp;

namespace GalaxyNet.Tests;

/// <summary>What an image is warned of, and that the challenge's own images hardly ever are.</summary>
[TestFixture]
internal sealed class ImageCheckTests
{
    private const int Sampled = 50;

    [Test]
    public void AGalaxyOnADarkSkyIsAsItShouldBe()
    {
        Assert.That(Check(Drawn(200, 200, 3, (100, 100, 20))), Is.EqualTo(ImageWarnings.None));
        Assert.That(
            Check(Drawn(200, 200, 3, (100, 100, 20), (40, 40, 18))), Is.EqualTo(ImageWarnings.None), "two that merge");
    }

    [Test]
    public void ABrightSky()
    {
        Assert.That(Check(Drawn(200, 200, 21, (100, 100, 20))), Is.EqualTo(ImageWarnings.BrightSky));
        Assert.That(Check(Drawn(200, 200, 20, (100, 100, 20))), Is.EqualTo(ImageWarnings.None));
    }

    [Test]
    public void SeveralSources()
    {
        Assert.That(
            Check(Drawn(200, 200, 3, (100, 100, 20), (40, 40, 18), (160, 40, 18))),
            Is.EqualTo(ImageWarnings.SeveralSources));
        Assert.That(
            Check(Drawn(200, 200, 3, (100, 100, 10), (40, 40, 30))),
            Is.EqualTo(ImageWarnings.SeveralSources),
            "another is much brighter");
    }

    [Test]
    public void NoSource()
    {
        Assert.That(Check(Drawn(200, 200, 3)), Is.EqualTo(ImageWarnings.NoSource));
        Assert.That(Check(Drawn(200, 200, 3, (40, 40, 20))), Is.EqualTo(ImageWarnings.NoSource), "not in the middle");
        Assert.That(Check(Drawn(200, 200, 3, (100, 100, 1))), Is.EqualTo(ImageWarnings.NoSource), "a speck");
    }

    [Test]
    public void Sizes()
    {
        Assert.That(Check(Drawn(300, 200, 3, (150, 100, 20))), Is.EqualTo(ImageWarnings.NotSquare));
        Assert.That(Check(Drawn(200, 195, 3, (100, 97, 20))), Is.EqualTo(ImageWarnings.None));
        Assert.That(Check(Drawn(63, 63, 3, (31, 31, 10))), Is.EqualTo(ImageWarnings.Small));
        Assert.That(
            Check(new Image(1, 1, 3)), Is.EqualTo(ImageWarnings.NoSource | ImageWarnings.Small));
        Assert.That(
            Check(Drawn(1, 90, 3)),
            Is.EqualTo(ImageWarnings.NoSource | ImageWarnings.NotSquare | ImageWarnings.Small));
    }

    [Test]
    public void APngOf16Bits()
    {
        byte[] file = File.ReadAllBytes(
            Path.Combine(TestContext.CurrentContext.TestDirectory, "Train", "Faults", "Images", "gray16.png"));
        Assert.That(
            ImageCheck.Of(file, new ImageDecoder().Decode(file, "gray16.png")).HasFlag(ImageWarnings.SixteenBits));
        Assert.That(Check(Drawn(200, 200, 3, (100, 100, 20))).HasFlag(ImageWarnings.SixteenBits), Is.False);
    }

    [Test]
    public void InWords()
    {
        Assert.That(ImageWarnings.None.InWords(), Is.Empty);
        Assert.That((ImageWarnings.Small | ImageWarnings.BrightSky).InWords(), Is.EqualTo("bright sky; small"));
        Assert.That(
            ImageWarningsInWords.Sentences.Select(each => each.Warning),
            Is.EquivalentTo(Enum.GetValues<ImageWarnings>().Where(each => each != ImageWarnings.None)));
    }

    /// <summary>Of all of them it is one in sixty.</summary>
    [Test]
    public void HardlyAnyOfTheChallengesOwnImagesIsWarnedOf()
    {
        string[] paths = Directory.GetFiles(SharedFolder.Find("kaggle", "images_test_rev1"));
        Array.Sort(paths, StringComparer.Ordinal);
        int warned = paths.Where((_, i) => i % (paths.Length / Sampled) == 0).Count(path =>
        {
            byte[] file = File.ReadAllBytes(path);
            return ImageCheck.Of(file, new ImageDecoder().Decode(file, path)) != ImageWarnings.None;
        });
        Assert.That(warned, Is.LessThanOrEqualTo(Sampled / 16));
    }

    private static ImageWarnings Check(Image image)
    {
        using var png = new MemoryStream();
        new ImageWriter().WritePng(image.Pixels, image.Width, image.Height, ColorComponents.RedGreenBlue, png);
        return ImageCheck.Of(png.ToArray(), image);
    }

    /// <summary>Gray disks on a sky.</summary>
    private static Image Drawn(int width, int height, byte sky, params (int X, int Y, int Radius)[] disks)
    {
        var image = new Image(width, height, 3);
        for (int i = 0; i < width * height; i++)
        {
            bool isDisk = disks.Any(disk => double.Hypot((i % width) - disk.X, (i / width) - disk.Y) < disk.Radius);
            image.Pixels.AsSpan(3 * i, 3).Fill(isDisk ? (byte)150 : sky);
        }
        return image;
    }
}
