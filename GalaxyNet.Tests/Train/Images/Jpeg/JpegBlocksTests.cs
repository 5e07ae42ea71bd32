namespace GalaxyNet.Tests;

/// <summary>Files whose coded data end early are refused, though all of their segments are there.</summary>
[TestFixture]
internal sealed class JpegBlocksTests
{
    private const int BlocksThatMayBeMissing = 16;

    /// <summary>As short as blocks can be: each is two bits, one for its mean and one for the end.</summary>
    [Test]
    public void ShortBlocksAreAllFound()
    {
        for (int blocks = 1; blocks <= 200; blocks++)
        {
            var image = new ImageDecoder().Decode(OfShortBlocks(blocks, (blocks + 3) / 4), $"{blocks} blocks");
            Assert.That(image.Pixels, Has.Length.EqualTo(3 * 64 * blocks));
        }
    }

    [Test]
    public void BlocksThatAreMissingAreMissed()
    {
        for (int bytes = 0; bytes <= 20; bytes++)
            AssertTruncated(OfShortBlocks((4 * bytes) + BlocksThatMayBeMissing + 1, bytes));
    }

    [Test]
    public void AJpegThatWasCutAndClosedIsRefused()
    {
        byte[] whole = File.ReadAllBytes(Directory.GetFiles(DrawnGalaxies.Images).Order().First());
        int scan = whole.AsSpan().LastIndexOf([(byte)0xff, (byte)0xda]);
        for (int length = scan + 50; length < whole.Length - 200; length += 997)
            AssertTruncated([.. whole[..length], 0xff, 0xd9]);
    }

    [Test]
    public void AJpegThatClaimsMoreRowsIsRefused()
    {
        byte[] whole = File.ReadAllBytes(Directory.GetFiles(DrawnGalaxies.Images).Order().First());
        int frame = whole.AsSpan().IndexOf([(byte)0xff, (byte)0xc0]);
        whole[frame + 6] += 32; // the lower byte of the height
        AssertTruncated(whole);
    }

    private static void AssertTruncated(byte[] file) => Assert.That(
        () => new ImageDecoder().Decode(file, "1.jpg"),
        Throws.TypeOf<UserErrorException>().With.Message.EqualTo($"1.jpg: {ImageHeader.Truncated}"));

    private static byte[] OfShortBlocks(int count, int bytes) =>
    [
        0xff, 0xd8,
        0xff, 0xdb, 0, 67, 0, .. Enumerable.Repeat((byte)9, 64),
        0xff, 0xc0, 0, 11, 8, 0, 8, (byte)(8 * count / 256), (byte)(8 * count % 256), 1, 1, 0x11, 0,
        0xff, 0xc4, 0, 21, 0, 2, .. new byte[15], 0, 5,
        0xff, 0xc4, 0, 21, 0x10, 2, .. new byte[15], 0, 1,
        0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0,
        .. new byte[bytes],
        0xff, 0xd9,
    ];
}
