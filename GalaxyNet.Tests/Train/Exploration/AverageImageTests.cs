namespace GalaxyNet.Tests;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AverageImageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void EachPixelIsItsMeanRoundedDown()
    {
        GalaxyFile[] files = [Write(1, 2, 1, [0, 9, 200, 1, 2, 3]), Write(2, 2, 1, [1, 9, 255, 4, 2, 0])];
        Assert.That(AverageImage.Of(files).Pixels, Is.EqualTo(new byte[] { 0, 9, 227, 2, 2, 1 }));
    }

    [Test]
    public void ImagesOfAnotherSizeAreNamed()
    {
        GalaxyFile[] files = [Write(1, 2, 1, new byte[6]), Write(2, 1, 2, new byte[6])];
        Assert.That(
            () => AverageImage.Of(files),
            Throws.TypeOf<UserErrorException>().With.Message.Contains(files[1].Path).And.Message.Contains("1x2"));
    }

    private GalaxyFile Write(long id, int width, int height, byte[] pixels)
    {
        string path = folder.Path($"{id}.png");
        ImageFile.WritePng(path, new Image(width, height, 3, pixels));
        return new GalaxyFile(id, path);
    }
}
