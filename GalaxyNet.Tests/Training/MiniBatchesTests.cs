using GalaxyNet.Kernels;
using GalaxyNet.Train;

namespace GalaxyNet.Tests;

/// <summary>Batches as the host prepares them.</summary>
[TestFixture]
internal sealed class MiniBatchesTests
{
    private static readonly byte[] Pixels = [0, 1, 10, 11, 20, 21, 30, 31, 40, 41];
    private static readonly float[] Targets = [0f, 1f, 2f, 3f, 4f];

    [Test]
    public void PicturesComeInTheGivenOrderAndTheLastBatchIsSmaller()
    {
        var batches = new MiniBatches(Pixels, Targets, pictureLength: 2, batchSize: 2)
            .Read([4, 0, 3, 1, 2], picture => new Orientation(100 + picture))
            .Select(batch => (
                Pixels: batch.Pixels[..(2 * batch.Count)],
                Orientations: batch.Orientations[..batch.Count],
                Targets: batch.Targets[..batch.Count]))
            .ToList();
        Assert.Multiple(() =>
        {
            Assert.That(batches.Select(batch => batch.Orientations.Length), Is.EqualTo([2, 2, 1]));
            Assert.That(
                batches.SelectMany(batch => batch.Pixels), Is.EqualTo(new byte[] { 40, 41, 0, 1, 30, 31, 10, 11, 20, 21 }));
            Assert.That(batches.SelectMany(batch => batch.Targets), Is.EqualTo([4f, 0f, 3f, 1f, 2f]));
            Assert.That(
                batches.SelectMany(batch => batch.Orientations).Select(orientation => orientation.Degrees),
                Is.EqualTo([104, 100, 103, 101, 102]));
        });
    }

    [Test]
    public void PicturesNeedNoTargets()
    {
        var batch = new MiniBatches(Pixels, [], pictureLength: 2, batchSize: 8).Read([1], _ => default).Single();
        Assert.That(batch.Pixels[..2], Is.EqualTo(new byte[] { 10, 11 }));
        Assert.That(batch.Targets, Is.Empty);
    }

    [Test]
    public void NoPicturesAreNoBatches() =>
        Assert.That(new MiniBatches(Pixels, Targets, 2, 2).Read([], _ => default), Is.Empty);
}
