namespace GalaxyNet.Tests;

/// <summary>One list of images, cut out for one network or several.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CroppedImagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void TheSameListIsCutOutForSeveralNetworks()
    {
        ImageFile.WritePng(folder.Path("b.png"), Disk(90, 90, radius: 20));
        ImageFile.WritePng(folder.Path("c.png"), new Image(90, 90, 3));
        ImageFile.WritePng(folder.Path("d.png"), Disk(40, 40, radius: 10));
        folder.Write("a.png", "no image");
        var list = ImageList.Open(folder.Root);
        CropForm[] forms = [new(GalaxyCrop.Wide, 64), new(GalaxyCrop.Tight, 32), new(GalaxyCrop.Center, 96)];
        foreach (var form in forms)
        {
            int seen = 0;
            var images = CroppedImages.Load(list, form, progress: (_, _) => Interlocked.Increment(ref seen));
            Assert.That(seen, Is.EqualTo(4));
            Assert.That(images.Crops, Is.EqualTo(new int?[] { null, 0, null, 1 }));
            Assert.That((images.Count, images.CropCount), Is.EqualTo((4, 2)));
            Assert.That(images.Errors[0]!.Message, Does.StartWith(folder.Path("a.png")));
            Assert.That(images.Problems.Count, Is.EqualTo(1));
            Assert.That(CroppedImages.DarkInAll([images]).Single().Name, Is.EqualTo("c"));
            Assert.That(
                images.Warnings.Skip(1),
                Is.EqualTo([ImageWarnings.None, ImageWarnings.NoSource, ImageWarnings.Small]));
            var second = new byte[form.Length];
            form.Crop.Crop(ImageFile.Read(folder.Path("d.png")), form.Size)!.CopyPlanar(second);
            Assert.That(images.Cropped.Block.Pixels[form.Length..].ToArray(), Is.EqualTo(second));
        }
    }

    [TestCase(1, 1)]
    [TestCase(1, 90)]
    [TestCase(90, 2)]
    [TestCase(3, 3)]
    [TestCase(300, 200)]
    public void AnImageOfAnySizeIsCutOut(int width, int height)
    {
        ImageFile.WritePng(folder.Path("a.png"), Disk(width, height, radius: 15));
        foreach (var crop in GalaxyCrop.All)
            Assert.That(
                CroppedImages.Load(ImageList.Open(folder.Root), new CropForm(crop, 64)).CropCount, Is.EqualTo(1));
    }

    [Test]
    public void ImagesThatDoNotFitIntoMemoryAreRefusedBeforeTheyAreLoaded()
    {
        var form = new CropForm(GalaxyCrop.Wide, 100);
        Assert.That(form.Allocate(count: 10, free: 300_000), Has.Length.EqualTo(300_000));
        Assert.That(
            () => form.Allocate(count: 2_000, free: 50_000_000),
            Throws.InstanceOf<UserErrorException>().With.Message.EqualTo(
                "2,000 images of 100x100x3 do not fit into memory: they need 60 MB, and 50 MB are left: give fewer of "
                + "them"));
        string[] files = new string[(Array.MaxLength / form.Length) + 1];
        Assert.That(
            () => new CropLoader(files, form, new CropCache(folder: null, form)),
            Throws.InstanceOf<UserErrorException>()
                .With.Message.Contains(" images of 100x100x3 do not fit into memory"));
    }

    private static Image Disk(int width, int height, int radius)
    {
        var image = new Image(width, height, 3);
        for (int i = 0; i < width * height; i++)
        {
            if (double.Hypot((i % width) - (width / 2), (i / width) - (height / 2)) < radius)
                image.Pixels.AsSpan(3 * i, 3).Fill(150);
        }
        return image;
    }
}
