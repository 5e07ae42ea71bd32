namespace GalaxyNet.Tests;

/// <summary>Batches as the host prepares them.</summary>
[TestFixture]
internal sealed class MiniBatchesTests
{
    private static Device Device => TestDevices.Get("cpu-128");

    private static readonly ImageBlock Images =
        new((byte[])[0, 1, 10, 11, 20, 21, 30, 31, 40, 41], Shape: [1, 1, 2]);

    private static readonly float[] Targets = [0f, 1f, 2f, 3f, 4f];

    [Test]
    public void ImagesComeInTheGivenOrderAndTheLastBatchIsSmaller()
    {
        using var reader = new MiniBatches(Device, Images, Targets, batchSize: 2);
        var batches = reader
            .Read([[4, 0], [3, 1], [2]], image => new Pose(100 + image))
            .Select(batch => (
                Pixels: batch.Pixels.Span[..(2 * batch.Count)].ToArray(),
                Poses: batch.Poses.Span[..batch.Count].ToArray(),
                Targets: batch.Targets.Span[..batch.Count].ToArray()))
            .ToList();
        Assert.Multiple(() =>
        {
            Assert.That(batches.Select(batch => batch.Poses.Length), Is.EqualTo([2, 2, 1]));
            Assert.That(
                batches.SelectMany(batch => batch.Pixels),
                Is.EqualTo(new byte[] { 40, 41, 0, 1, 30, 31, 10, 11, 20, 21 }));
            Assert.That(batches.SelectMany(batch => batch.Targets), Is.EqualTo([4f, 0f, 3f, 1f, 2f]));
            Assert.That(
                batches.SelectMany(batch => batch.Poses),
                Is.EqualTo(new[] { 104, 100, 103, 101, 102 }.Select(degrees => new Pose(degrees))));
        });
    }

    [Test]
    public void ImagesNeedNoTargets()
    {
        using var reader = new MiniBatches(Device, Images, [], batchSize: 8);
        var batch = reader.Read([[1]], _ => default).Single();
        Assert.That(batch.Pixels.Span[..2].ToArray(), Is.EqualTo(new byte[] { 10, 11 }));
        Assert.That(batch.Targets.Length, Is.Zero);
    }

    [Test]
    public void ABatchMayHaveNoImages()
    {
        using var reader = new MiniBatches(Device, Images, Targets, batchSize: 2);
        Assert.That(
            reader.Read([[3], [], [1, 2]], _ => default).Select(batch => batch.Count), Is.EqualTo([1, 0, 2]));
    }

    [Test]
    public void ImagesAreFoundWhereTheyAreHeld()
    {
        var some = new ImageBlock((byte[])[10, 11, 40, 41], Images.Shape)
        {
            Added = (byte[])[0, 1],
            Places = [2, 0, ImageBlock.NotHeld, ImageBlock.NotHeld, 1],
        };
        using var reader = new MiniBatches(Device, some, Targets, batchSize: 3);
        var batch = reader.Read([[4, 1, 0]], _ => default).Single();
        Assert.That(batch.Pixels.Span[..6].ToArray(), Is.EqualTo(new byte[] { 40, 41, 10, 11, 0, 1 }));
        Assert.That(batch.Targets.Span[..3].ToArray(), Is.EqualTo([4f, 1f, 0f]));
    }

    [Test]
    public void NoImagesAreNoBatches()
    {
        using var reader = new MiniBatches(Device, Images, Targets, 2);
        Assert.That(reader.Read([], _ => default), Is.Empty);
    }
}
