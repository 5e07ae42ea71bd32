namespace GalaxyNet.Tests;

/// <summary>The order in which the dense layer's CPU schedule takes its weights.</summary>
[TestFixture]
internal sealed class DenseTests
{
    private const int InFeatures = 2100; // three blocks
    private const int OutFeatures = 37;

    [TestCase("cpu-128")]
    [TestCase("cpu-256")]
    [TestCase("cpu-512")]
    public void ARowsBitsDoNotDependOnTheBatch(string name)
    {
        float[] all = Forward(TestDevices.Get(name), batch: 9);
        for (int batch = 1; batch < 9; batch++)
            Assert.That(
                Forward(TestDevices.Get(name), batch), Is.EqualTo(all[..(batch * OutFeatures)]), $"a batch of {batch}");
    }

    private static float[] Forward(Device device, int batch)
    {
        using var dense = new Dense(device, InFeatures, OutFeatures);
        using var input = device.Allocate([batch, InFeatures], Values.Uniform([batch, InFeatures], 1));
        using var weight = device.Allocate([OutFeatures, InFeatures], Values.Uniform([OutFeatures, InFeatures], 2));
        using var bias = device.Allocate([OutFeatures], Values.Uniform([OutFeatures], 3));
        using var output = device.Allocate([batch, OutFeatures]);
        dense.Forward(input, weight, bias, output);
        return output.ToArray();
    }
}
