using System.Buffers.Binary;

namespace GalaxyNet.Tests;

/// <summary>Image files, good and bad.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ImageFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase(1)]
    [TestCase(3)]
    public void APngIsReadBackAsItWas(int channels)
    {
        var image = Gradient(31, 17, channels);
        ImageFile.WritePng(folder.Path("new", "1.png"), image);
        var read = ImageFile.Read(folder.Path("new", "1.png"));
        Assert.That((read.Width, read.Height, read.Channels), Is.EqualTo((31, 17, 3)));
        Assert.That(read.Pixels.Where((_, i) => channels == 3 || i % 3 == 0), Is.EqualTo(image.Pixels));
        Assert.That(Directory.GetFiles(folder.Path("new")), Has.Length.EqualTo(1));
    }

    [Test]
    public void AJpegIsReadBackNearly()
    {
        var image = Gradient(64, 48, 3);
        ImageFile.WriteJpeg(folder.Path("1.jpg"), image, 95);
        var read = ImageFile.Read(folder.Path("1.jpg"));
        Assert.That(read.Pixels.Zip(image.Pixels, (a, b) => Math.Abs(a - b)).Average(), Is.LessThan(3));
    }

    [TestCase("jpg")]
    [TestCase("png")]
    public void ACutFileIsRefusedAtEveryLength(string ending)
    {
        byte[] whole = Encoded(ending);
        for (int length = 0; length < whole.Length; length++)
            Assert.That(
                () => Read(whole[..length]), Throws.TypeOf<UserErrorException>(), $"{length} of {whole.Length}");
    }

    [Test]
    public void ACutJpegOfARealGalaxyIsRefused()
    {
        byte[] whole = File.ReadAllBytes(Directory.GetFiles(SampleFolder.Find("images_training_rev1")).Order().First());
        for (int length = 2; length < whole.Length; length += 97)
            Assert.That(
                () => Read(whole[..length]), Throws.TypeOf<UserErrorException>().With.Message.Contains("truncated"));
        Assert.That(() => Read(whole[..^1]), Throws.TypeOf<UserErrorException>());
        Assert.That(() => Read(whole), Throws.Nothing);
    }

    [TestCase("jpg")]
    [TestCase("png")]
    public void ADamagedFileIsReadOrRefused(string ending)
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = Encoded(ending);
            for (int change = 0; change < 8; change++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Read(damaged);
            }
            catch (UserErrorException)
            {
                // Any other exception fails the test.
            }
        }
    }

    /// <summary>Sound in all but the code of its pixels, which zlib gives up in a way of its own.</summary>
    [Test]
    public void PixelsThatCannotBeUnpackedAreRefused()
    {
        byte[] file = Convert.FromHexString(
            "89504E470D0A1A0A0000000D494844520000000D0000000B0800000001F6DE682B000000624944415478204DC69112C0"
            + "301040C1A7D568345A8D564FABA7D5D36A341AAD46A3D16ABFAB3347919D05411AC9B049126B84AC642D68E9849445AD"
            + "E0B68E3B3FB6B81FE7857BE356DC0777E0BE6C21A63D1F72EA6537CB4B65797B58DE07CBE7FB030968374EE122826B00"
            + "00000049454E44AE426082");
        Assert.That(() => Read(file), RefusedWith(ImageHeader.Damaged));
    }

    [Test]
    public void AnAbsurdSizeIsRefusedBeforeItIsAllocated()
    {
        byte[] png = Encoded("png");
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.Of(png.AsSpan(12..29)));
        byte[] jpeg = Encoded("jpg");
        int frame = jpeg.AsSpan().IndexOf([(byte)0xff, (byte)0xc0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 60_000);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 60_000);
        foreach (byte[] file in new[] { png, jpeg })
        {
            Assert.That(() => Read(file), Throws.TypeOf<UserErrorException>().With.Message.Contains("60,000x60,000"));
            long before = GC.GetAllocatedBytesForCurrentThread();
            ImageHeader.Problem(file);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000));
        }
    }

    [Test]
    public void WhatIsNoImageIsNamed()
    {
        Assert.That(() => ImageFile.Read(folder.Path("none.jpg")), RefusedWith("none.jpg: the image is missing"));
        Assert.That(() => ImageFile.Read(folder.Root), RefusedWith("cannot be read"));
        Assert.That(() => Read("for example"u8.ToArray()), RefusedWith("neither a JPEG nor a PNG nor a FITS image:"));
        Assert.That(() => Read([]), RefusedWith("empty"));
    }

    [Test]
    public void APathThatCannotBeWrittenIsNamed()
    {
        string file = folder.Write("file", "");
        string inside = Path.Combine(file, "1.png");
        Assert.That(
            () => ImageFile.WritePng(inside, Gradient(4, 4, 3)),
            Throws.TypeOf<OutputException>().With.Message.Contains(inside));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint RefusedWith(string text) =>
        Throws.TypeOf<UserErrorException>().With.Message.Contains(text);

    private Image Read(byte[] file)
    {
        File.WriteAllBytes(folder.Path("file"), file);
        return ImageFile.Read(folder.Path("file"));
    }

    private byte[] Encoded(string ending)
    {
        string path = folder.Path("whole." + ending);
        if (ending == "jpg")
            ImageFile.WriteJpeg(path, Gradient(24, 24, 3), 80);
        else
            ImageFile.WritePng(path, Gradient(24, 24, 3));
        return File.ReadAllBytes(path);
    }

    private static Image Gradient(int width, int height, int channels)
    {
        var image = new Image(width, height, channels);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)((i / channels % width * 3) + (i / channels / width * 2) + (i % channels * 40));
        return image;
    }
}
