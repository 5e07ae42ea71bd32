namespace GalaxyNet.Tests;

/// <summary>Folders of galaxies, good and bad.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GalaxyDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void ImagesComeInTheOrderOfTheLabels()
    {
        WriteGalaxies(30, 4, 100);
        var dataset = GalaxyDataset.Load(GalaxyFolder.Open(folder.Root), GalaxyCrop.Wide, 64);
        Assert.That(dataset.Ids, Is.EqualTo(new[] { 30, 4, 100 }));
        Assert.That(dataset.Images.Pixels, Has.Length.EqualTo(3 * 3 * 64 * 64));
        Assert.That(dataset.Targets, Has.Length.EqualTo(3 * 37));
        Assert.That(dataset.Target(1)[0], Is.EqualTo(0.04f));
        // The disk is orange: full red, half green, no blue, in planes.
        int middle = (64 * 32) + 32;
        var image = dataset.Image(1).ToArray();
        Assert.That(
            new[] { image[middle], image[(64 * 64) + middle], image[(2 * 64 * 64) + middle] },
            Is.EqualTo(new[] { 255, 128, 0 }));
    }

    [Test]
    public void DarkImagesAreLeftOutAndNamed()
    {
        WriteGalaxies(1, 2, 3);
        ImageFile.WritePng(ImagePath(2), new Image(50, 50, 3));
        var dataset = GalaxyDataset.Load(GalaxyFolder.Open(folder.Root), GalaxyCrop.Wide, 64);
        Assert.That(dataset.Ids, Is.EqualTo(new[] { 1, 3 }));
        Assert.That(dataset.Target(1)[0], Is.EqualTo(0.03f));
        Assert.That(dataset.Images.Pixels, Has.Length.EqualTo(2 * dataset.Images.Shape.Count));
        Assert.That(dataset.Image(0).SequenceEqual(dataset.Image(1)));
        Assert.That(dataset.DarkImages, Is.EqualTo(new[] { ImagePath(2) }));
    }

    [Test]
    public void AllBadImagesAreNamedTogether()
    {
        WriteGalaxies(1, 2, 3);
        File.WriteAllText(ImagePath(1), "no image");
        File.WriteAllBytes(ImagePath(3), []);
        string message = LoadError();
        Assert.That(message, Does.Contain("2 problems").And.Contain(ImagePath(1)).And.Contain(ImagePath(3)));
    }

    [Test]
    public void LabelsWithoutImagesAreNamedTogether()
    {
        WriteGalaxies([.. Enumerable.Range(1, 30)]);
        foreach (int id in Enumerable.Range(5, 25))
            File.Delete(ImagePath(id));
        Assert.That(LoadError(), Does.Contain("25 problems").And.Contain("5.jpg").And.Contain("5 more"));
    }

    [Test]
    public void AnImageThatIsNotNamedByANumberIsRefused()
    {
        WriteGalaxies(1);
        File.Copy(ImagePath(1), folder.Path("images_training_rev1", "galaxy.png"));
        Assert.That(LoadError(), Does.Contain("galaxy.png"));
    }

    [Test]
    public void AFolderThatIsNotThereIsNamed() => Assert.That(
        () => GalaxyDataset.Load(GalaxyFolder.Open(folder.Path("none")), GalaxyCrop.Wide, 64),
        Throws.TypeOf<UserErrorException>().With.Message.Contains("none"));

    [Test]
    public void LoadingCanBeCanceled()
    {
        WriteGalaxies(1);
        Assert.That(
            () => GalaxyDataset.Load(GalaxyFolder.Open(
                folder.Root), GalaxyCrop.Wide, 64, cancellation: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private string LoadError() => Assert.Throws<UserErrorException>(
        () => GalaxyDataset.Load(GalaxyFolder.Open(folder.Root), GalaxyCrop.Wide, 64))!.Message;

    private string ImagePath(int id) => folder.Path("images_training_rev1", $"{id}.png");

    /// <summary>Orange disks; the first target of galaxy n is n hundredths.</summary>
    private void WriteGalaxies(params int[] ids)
    {
        var image = new Image(90, 90, 3);
        for (int i = 0; i < 90 * 90; i++)
        {
            if (Math.Pow((i % 90) - 45, 2) + Math.Pow((i / 90) - 45, 2) < 400)
                (image.Pixels[3 * i], image.Pixels[(3 * i) + 1]) = (255, 128);
        }
        foreach (int id in ids)
            ImageFile.WritePng(ImagePath(id), image);
        var fractions = new float[ids.Length * DecisionTree.ClassCount];
        for (int i = 0; i < ids.Length; i++)
            fractions[i * DecisionTree.ClassCount] = ids[i] / 100f;
        new Labels([.. ids.Select(id => (long)id)], fractions).Write(GalaxyFolder.LabelsPath(folder.Root));
    }
}
