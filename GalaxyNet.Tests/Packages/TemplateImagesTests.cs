using ImageClassifier;

namespace GalaxyNet.Tests;

/// <summary>The images of a program from the template: read, scaled, held out, and refused in one line.</summary>
/// <remarks>That such a program builds, learns and classifies is checked by <c>.ci/samples</c>.</remarks>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TemplateImagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void EachFolderIsAClassAndAFifthOfItsImagesIsHeldOut()
    {
        Write("photos", "dog", images: 11);
        Write("photos", "cat", images: 3);
        folder.Write(Path.Combine("photos", "cat", "notes.txt"), "no image");

        var photos = ImageFolder.Load(folder.Path("photos"), side: 4);
        var (training, test) = photos.Split(new Random(1));
        Assert.Multiple(() =>
        {
            Assert.That(photos.Classes, Is.EqualTo((string[])["cat", "dog"]));
            Assert.That(photos.Images.Count(image => image.Class == 1), Is.EqualTo(11));
            Assert.That(test.Select(image => image.Class), Is.EqualTo((int[])[0, 1, 1]));
            Assert.That(training.Concat(test), Is.EquivalentTo(photos.Images));
        });
    }

    [TestCase(1, new[] { 0f })]
    [TestCase(2, new[] { -0.5f, 0.5f, 0.5f, -0.5f })]
    [TestCase(3, new[] { -0.5f, -0.5f, 0.5f, -0.5f, -0.5f, 0.5f, 0.5f, 0.5f, -0.5f })]
    public void ASmallerImageHasTheMeansAndALargerOneTheNeighbors(int side, float[] red)
    {
        byte[] pixels = [0, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0];
        ImageFile.WritePng(folder.Path("small.png"), new Image(2, 2, 3, pixels));
        float[] scaled = ImageFolder.ReadPixels(folder.Path("small.png"), side);
        Assert.That(scaled, Is.EqualTo((float[])[.. red, .. Enumerable.Repeat(-0.5f, 2 * side * side)]).Within(1e-6));
    }

    [Test]
    public void WhatCannotBeUsedIsToldInOneLine()
    {
        Assert.That(
            ErrorOf("nowhere"), Is.EqualTo("is no folder: name one that has a folder of images for each class"));
        Write("one", "cat", images: 2);
        Assert.That(
            ErrorOf("one"), Is.EqualTo("has 1 folders: put the images of each class into a folder of its own"));
        Write("few", "cat", images: 2);
        Write("few", "dog", images: 1);
        Assert.That(
            ErrorOf("few", "dog"), Is.EqualTo("has 1 PNG or JPEG images: a class needs 2, and better many"));
        Write("bad", "cat", images: 2);
        Write("bad", "dog", images: 2);
        string broken = folder.Write(Path.Combine("bad", "dog", "broken.jpg"), "no image");
        Assert.That(ErrorOf("bad", "dog", Path.GetFileName(broken)), Does.Match(
            @"^cannot be read as an image \(.+\): replace or delete it$"));
    }

    /// <summary>What is said of a file or folder, after its path.</summary>
    private string ErrorOf(params string[] path)
    {
        string message = Assert.Throws<InvalidDataException>(
            () => ImageFolder.Load(folder.Path(path[0]), side: 4))!.Message;
        string start = $"{folder.Path(path)}: ";
        Assert.That(message, Does.StartWith(start).And.Not.Contains('\n'));
        return message[start.Length..];
    }

    private void Write(string root, string name, int images)
    {
        Directory.CreateDirectory(folder.Path(root, name));
        for (int i = 0; i < images; i++)
            ImageFile.WritePng(folder.Path(root, name, $"{i}.png"), new Image(5, 3, 3));
    }
}
