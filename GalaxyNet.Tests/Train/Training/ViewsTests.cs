namespace GalaxyNet.Tests;

/// <summary>Predictions that are averaged over views of an image.</summary>
[TestFixture]
internal sealed class ViewsTests
{
    [Test]
    public void OneViewIsTheImageAsItIs() => Assert.That(Views.Of(1), Is.EqualTo(new[] { Pose.AsIs }));

    [Test]
    public void EightViewsAreAllThatOnlyMovePixels() => Assert.That(
        Views.Of(8),
        Is.EquivalentTo(
            from degrees in new[] { 0, 90, 180, 270 }
            from isMirrored in new[] { false, true }
            select new Pose(degrees, isMirrored)));

    [Test]
    public void AllViewsDifferAndTheFirstIsTheImage()
    {
        foreach (int count in Views.Counts)
        {
            Assert.That(Views.Of(count), Has.Length.EqualTo(count).And.Unique);
            Assert.That(Views.Of(count)[0], Is.EqualTo(Pose.AsIs));
        }
    }

    [Test]
    public void EightViewsPredictTheSameHoweverTheImageLies()
    {
        var device = TestDevices.Get("cpu-512");
        Shape shape = [1, 4, 4];
        using var network = new Sequential(
            device, shape, 3, 1, [new FlattenLayer("flatten"), new DenseLayer("fc", 2), new SigmoidLayer("sigmoid")]);
        byte[] image = Array.ConvertAll(Values.Uniform(shape, 1), u => (byte)((u + 0.5f) * 256f));
        byte[] flipped = new byte[16];
        for (int i = 0; i < 16; i++)
            flipped[i] = image[((i % 4) * 4) + (i / 4)]; // along the diagonal
        using var loop = new BatchLoop(network, new ImageBlock((byte[])[.. image, .. flipped], shape), []);

        float[] single = loop.Predict([0, 1], Views.Of(1));
        float[] averaged = loop.Predict([0, 1], Views.Of(8));
        Assert.Multiple(() =>
        {
            Assert.That(single[..2], Is.Not.EqualTo(single[2..]).Within(1e-3f));
            Assert.That(averaged[..2], Is.EqualTo(averaged[2..]).Within(1e-6f));
        });
    }
}
