namespace GalaxyNet.Tests;

/// <summary>First parameters: PyTorch's distributions, and the same numbers from the same seed for ever.</summary>
[TestFixture]
internal sealed class InitialValuesTests
{
    private static readonly ulong[] PublishedNumbers =
        [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];

    [Test]
    public void TheGeneratorGivesThePublishedNumbers()
    {
        var stream = new SplitMix64(1234567);
        Assert.That(PublishedNumbers.Select(_ => stream.Next()), Is.EqualTo(PublishedNumbers));
    }

    [TestCase("conv1.weight", 3 * 9 * 9)]
    [TestCase("conv1.bias", 3 * 9 * 9)]
    [TestCase("conv3.weight", 96 * 3 * 3)]
    [TestCase("fc1.weight", 8192)]
    [TestCase("fc3.bias", 256)]
    public void WeightsAndBiasesAreUniformOverPyTorchsRange(string name, int fanIn)
    {
        using var network = GalaxyZooNetworks.Attempt(4).Create(TestDevices.Get("cpu-512"), maxBatch: 1, seed: 42);
        float[] values = network.Values[name].ToArray();
        double bound = 1 / Math.Sqrt(fanIn);
        double deviation = bound / Math.Sqrt(3);
        double standardError = deviation / Math.Sqrt(values.Length);
        Assert.Multiple(() =>
        {
            Assert.That(values, Has.All.InRange(-(float)bound, (float)bound));
            Assert.That(values.Average(), Is.EqualTo(0).Within(4 * standardError));
            Assert.That(
                Math.Sqrt(values.Average(value => (double)value * value)),
                Is.EqualTo(deviation).Within(4 * standardError));
        });
    }

    [Test]
    public void BatchNormalizationStartsAsTheIdentity()
    {
        using var network = SmallNetwork.Create(TestDevices.Get("cpu-512"));
        Assert.Multiple(() =>
        {
            Assert.That(network.Values["conv2_bn.weight"].ToArray(), Has.All.EqualTo(1f));
            Assert.That(network.Values["conv2_bn.bias"].ToArray(), Has.All.EqualTo(0f));
        });
    }

    [Test]
    public void TheSeedDecidesEveryNumber()
    {
        using var first = SmallNetwork.Create(TestDevices.Get("cpu-512"), seed: 7);
        using var second = SmallNetwork.Create(TestDevices.Get("cpu-128"), seed: 7);
        using var other = SmallNetwork.Create(TestDevices.Get("cpu-512"), seed: 8);
        float[] values = first.Values.Flat.ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(second.Values.Flat.ToArray(), Is.EqualTo(values));
            Assert.That(other.Values.Flat.ToArray(), Is.Not.EqualTo(values));
            Assert.That(first.Values["conv1.bias"].ToArray(), Is.EqualTo(PinnedBias));
        });
    }

    private static readonly float[] PinnedBias = [0.20282117f, -0.13397801f, 0.093483f, -0.11671264f];
}
