namespace GalaxyNet.Tests;

/// <summary>Batches as the host prepares them.</summary>
[TestFixture]
internal sealed class MiniBatchesTests
{
    private static Device Device => TestDevices.Get("cpu-128");

    private static readonly byte[] Pixels = [0, 1, 10, 11, 20, 21, 30, 31, 40, 41];
    private static readonly float[] Targets = [0f, 1f, 2f, 3f, 4f];

    [Test]
    public void ImagesComeInTheGivenOrderAndTheLastBatchIsSmaller()
    {
        using var reader = new MiniBatches(Device, Pixels, Targets, imageLength: 2, batchSize: 2);
        var batches = reader
            .Read([4, 0, 3, 1, 2], image => new Orientation(100 + image))
            .Select(batch => (
                Pixels: batch.Pixels.Span[..(2 * batch.Count)].ToArray(),
                Orientations: batch.Orientations.Span[..batch.Count].ToArray(),
                Targets: batch.Targets.Span[..batch.Count].ToArray()))
            .ToList();
        Assert.Multiple(() =>
        {
            Assert.That(batches.Select(batch => batch.Orientations.Length), Is.EqualTo([2, 2, 1]));
            Assert.That(
                batches.SelectMany(batch => batch.Pixels),
                Is.EqualTo(new byte[] { 40, 41, 0, 1, 30, 31, 10, 11, 20, 21 }));
            Assert.That(batches.SelectMany(batch => batch.Targets), Is.EqualTo([4f, 0f, 3f, 1f, 2f]));
            Assert.That(
                batches.SelectMany(batch => batch.Orientations).Select(orientation => orientation.Degrees),
                Is.EqualTo([104, 100, 103, 101, 102]));
        });
    }

    [Test]
    public void ImagesNeedNoTargets()
    {
        using var reader = new MiniBatches(Device, Pixels, [], imageLength: 2, batchSize: 8);
        var batch = reader.Read([1], _ => default).Single();
        Assert.That(batch.Pixels.Span[..2].ToArray(), Is.EqualTo(new byte[] { 10, 11 }));
        Assert.That(batch.Targets.Length, Is.Zero);
    }

    [Test]
    public void NoImagesAreNoBatches()
    {
        using var reader = new MiniBatches(Device, Pixels, Targets, 2, 2);
        Assert.That(reader.Read([], _ => default), Is.Empty);
    }
}
