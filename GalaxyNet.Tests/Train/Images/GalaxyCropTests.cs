namespace GalaxyNet.Tests;

/// <summary>The crops' rules one by one; that the whole is OpenCV's is tested with the golden results.</summary>
[TestFixture]
internal sealed class GalaxyCropTests
{
    [TestCase(255, 0, 0, 29)]
    [TestCase(0, 255, 0, 150)]
    [TestCase(0, 0, 255, 76)]
    [TestCase(10, 20, 30, 22)]
    public void GrayHasTheNotebooksWeights(int red, int green, int blue, int gray)
    {
        byte[] rgb = [(byte)red, (byte)green, (byte)blue];
        var image = new Image(3, 3, 3, [.. Enumerable.Repeat(rgb, 9).SelectMany(pixel => pixel)]);
        using var pixels = new GrayPixels(image);
        Assert.That(pixels.Pixels.ToArray(), Is.EqualTo(Enumerable.Repeat((byte)gray, 9)));
    }

    [Test]
    public void TheThresholdItselfIsSky()
    {
        Assert.That(GalaxyCrop.Wide.Crop(Square(100, 100, new Box(40, 40, 9, 9), 10), 64), Is.Null);
        Assert.That(GalaxyCrop.Wide.Crop(Square(100, 100, new Box(40, 40, 9, 9), 11), 64), Is.Not.Null);
        Assert.That(GalaxyCrop.Tight.Crop(Square(100, 100, new Box(40, 40, 9, 9), 25), 64), Is.Null);
        Assert.That(GalaxyCrop.Center.Crop(Square(100, 100, new Box(40, 40, 9, 9), 10), 64), Is.Null);
        Assert.That(GalaxyCrop.Center.Crop(Square(100, 100, new Box(40, 40, 9, 9), 11), 64), Is.Not.Null);
    }

    [Test]
    public void TheCenterCropIsDarkIfAllThatIsBrightIsOutsideIt()
    {
        Assert.That(GalaxyCrop.Center.Crop(Square(100, 100, new Box(0, 0, 12, 100), 200), 64), Is.Null);
        Assert.That(GalaxyCrop.Center.Crop(Square(100, 100, new Box(0, 0, 13, 100), 200), 64), Is.Not.Null);
    }

    [Test]
    public void TheTightCropIsTheSquareFromTheCorner()
    {
        var crop = GalaxyCrop.Tight.Crop(Square(100, 100, new Box(10, 20, 32, 16), 200), 32)!;
        Assert.That(crop.Channels, Is.EqualTo(1));
        Assert.That(crop.Row(15).ToArray(), Has.All.EqualTo(200));
        Assert.That(crop.Row(16).ToArray(), Has.All.EqualTo(0));
    }

    [Test]
    public void TheTightCropEndsWithTheImage()
    {
        // 8 rows are left below the box's corner: 32x8 pixels become 32x32.
        var crop = GalaxyCrop.Tight.Crop(Square(100, 100, new Box(10, 92, 32, 8), 200), 32)!;
        Assert.That(crop.Pixels, Has.All.EqualTo(200));
    }

    [TestCase(100, 100, 40, true, TestName = "PaddingFits")]
    [TestCase(100, 100, 7, false, TestName = "PaddingLeavesTheImageAtItsStart")]
    [TestCase(100, 100, 8, true, TestName = "PaddingReachesTheFirstPixel")]
    [TestCase(100, 100, 51, true, TestName = "PaddingEndsBeforeTheLastPixel")]
    [TestCase(100, 100, 52, false, TestName = "PaddingMayNotReachTheEnd")]
    [TestCase(140, 100, 60, false, TestName = "ColumnsAreComparedWithTheHeight")]
    public void TheWideCropIsPaddedOrTheWholeImage(int width, int height, int x, bool isPadded)
    {
        const int side = 40; // padded by 8 on each side
        var crop = GalaxyCrop.Wide.Crop(Square(width, height, new Box(x, 30, side, side), 200), 56)!;
        int bright = crop.Pixels.Count(value => value == 200) / 3;
        Assert.That(bright, isPadded ? Is.EqualTo(side * side) : Is.LessThan(side * side));
    }

    [Test]
    public void OnlyRgbImagesAreCropped() =>
        Assert.That(() => GalaxyCrop.Wide.Crop(new Image(9, 9, 1), 64), Throws.ArgumentException);

    private static Image Square(int width, int height, Box box, byte level)
    {
        var image = new Image(width, height, 3);
        for (int y = box.Y; y < box.Bottom; y++)
            image.Row(y).Slice(box.X * 3, box.Width * 3).Fill(level);
        return image;
    }
}
