namespace GalaxyNet.Tests;

/// <summary>Images with a place covered, and what is made of the changes.</summary>
[TestFixture]
internal sealed class OcclusionTests
{
    [TestCase(64, 8, 4, 15)]
    [TestCase(128, 16, 8, 15)]
    [TestCase(69, 8, 4, 16)]
    [TestCase(3, 1, 1, 3)]
    public void ThePatchIsAnEighthAndMovesByHalfOfIt(int size, int patch, int step, int places)
    {
        var occlusion = new Occlusion(channels: 1, size);
        Assert.That((occlusion.Patch, occlusion.Step, occlusion.Places), Is.EqualTo((patch, step, places)));
        Assert.That(occlusion.MapStart, Is.AtLeast(0));
        Assert.That(occlusion.MapStart + occlusion.MapSide, Is.AtMost(1));
    }

    [Test]
    public void TheSkyIsTheMedianOfTheEdge()
    {
        var image = new byte[2 * 16 * 16];
        image.AsSpan(..256).Fill(9);
        image.AsSpan(256..).Fill(5);
        image.AsSpan(0, 4).Fill(200); // a star on the edge
        image.AsSpan(100, 3).Fill(90); // the galaxy
        Assert.That(new Occlusion(channels: 2, size: 16).SkyOf(image), Is.EqualTo(new byte[] { 9, 5 }));
    }

    [Test]
    public void EachPlaceIsCoveredOnceAfterTheImageAsItIs()
    {
        var occlusion = new Occlusion(channels: 1, size: 16);
        byte[] image =
            [.. Enumerable.Range(0, 256).Select(i => (byte)(i / 16 is 0 or 15 || i % 16 is 0 or 15 ? 3 : 7))];
        byte[] images = occlusion.Cover(image);
        Assert.That(images, Has.Length.EqualTo((1 + (15 * 15)) * 256));
        Assert.That(images[..256], Is.EqualTo(image));
        byte[] covered = images[^256..];
        int[] changed = [.. Enumerable.Range(0, 256).Where(i => covered[i] != image[i])];
        Assert.That(changed, Is.EqualTo([(14 * 16) + 14]), "the rest of the last patch is on the edge");
    }

    [Test]
    public void TheMapIsRedWhereTheAnswerLosesAndClearWhereNothingChanges()
    {
        byte[] png = new HeatMap(Column: 0, [-1, 0, 0.25, -0.25]).ToPng();
        var picture = StbImageSharp.ImageResult.FromMemory(png, StbImageSharp.ColorComponents.RedGreenBlueAlpha);
        byte[][] pixels = [.. picture.Data.Chunk(4)];
        Assert.Multiple(() =>
        {
            Assert.That((picture.Width, picture.Height), Is.EqualTo((2, 2)));
            Assert.That(pixels[0][..3], Is.EqualTo(Convert.FromHexString(HeatMap.LossColor[1..])));
            Assert.That(pixels[2][..3], Is.EqualTo(Convert.FromHexString(HeatMap.GainColor[1..])));
            Assert.That(pixels[1][3], Is.Zero);
            Assert.That(pixels[0][3], Is.EqualTo(2 * pixels[3][3]).Within(1));
        });
    }
}
