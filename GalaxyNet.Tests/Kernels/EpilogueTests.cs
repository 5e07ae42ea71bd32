namespace GalaxyNet.Tests;

/// <summary>What a product does on its way to memory gives what an operation of its own gives.</summary>
[TestFixture]
internal sealed class EpilogueTests
{
    // Tiles in C# leave the moments to the batch normalization.
    private static IEnumerable<TestCaseData> ChoicesThatMakeMoments() =>
        from device in TestDevices.NamesOfGpuSchedule.Where(name => name == "cuda")
        from tile in CudaTileShapes.All
        from parts in (int[])[1, 2]
        select new TestCaseData(device, new TileChoice(tile, parts))
            .SetArgDisplayNames(device, tile.Name, $"{parts} parts");

    [Test]
    public void ADenseReluLayerIsADenseLayerAndARelu(
        [ValueSource(typeof(TestDevices), nameof(TestDevices.Names))] string name,
        [Values(20, 300, 2100)] int inFeatures) // in one part, in several, and in several blocks of the CPU's
    {
        var device = TestDevices.Get(name);
        using var dense = new Dense(device, inFeatures, 21);
        using var input = Fill(device, [3, inFeatures], 1);
        using var weight = Fill(device, [21, inFeatures], 2);
        using var bias = Fill(device, [21], 3);
        using var expected = device.Allocate([3, 21]);
        using var actual = device.Allocate([3, 21]);
        dense.Forward(input, weight, bias, expected);
        new Relu(device).Forward(expected, expected);
        dense.ForwardRelu(input, weight, bias, actual);
        Assert.That(actual.ToArray(), Is.EqualTo(expected.ToArray()));
        Assert.That(actual.ToArray(), Has.Some.Zero.And.Some.Positive);
    }

    // 20 and 24 features come in fours, 21 do not.
    [Test]
    public void ADenseLayerWithDropoutIsBothOneAfterTheOther(
        [ValueSource(typeof(TestDevices), nameof(TestDevices.Names))] string name,
        [Values(20, 21)] int features)
    {
        const ulong Seed = 5;
        var device = TestDevices.Get(name);
        using var dense = new Dense(device, 300, features);
        var dropout = new Dropout(device, 0.4f);
        using var step = DropoutTests.StepOn(device, 6);
        using var input = Fill(device, [3, 300], 1);
        using var weight = Fill(device, [features, 300], 2);
        using var bias = Fill(device, [features], 3);
        using var expected = device.Allocate([3, features]);
        using var actual = device.Allocate([3, features]);
        dense.ForwardRelu(input, weight, bias, expected);
        dropout.Forward(expected, expected, Seed, step);
        dense.ForwardReluDropout(input, weight, bias, actual, dropout, Seed, step);
        Assert.That(actual.ToArray(), Is.EqualTo(expected.ToArray()));
        Assert.That(actual.ToArray(), Has.Some.Zero.And.Some.Positive);
    }

    [Test]
    public void TheWayBackThroughAReluIsBothOneAfterTheOther(
        [ValueSource(typeof(TestDevices), nameof(TestDevices.Names))] string name,
        [Values(24, 21)] int features,
        [Values(1f, 1.25f)] float scale)
    {
        var device = TestDevices.Get(name);
        using var dense = new Dense(device, features, 300);
        float[] activations = Kernels.Values.Uniform([3, features], 1);
        (activations[0], activations[1], activations[2]) = (0f, float.NaN, float.PositiveInfinity);
        using var input = device.Allocate([3, features], activations);
        using var weight = Fill(device, [300, features], 2);
        using var gradient = Fill(device, [3, 300], 3);
        using var plain = device.Allocate([3, features]);
        using var actual = device.Allocate([3, features]);
        using var weightGradient = device.Allocate([300, features]);
        using var biasGradient = device.Allocate([300]);
        dense.Backward(input, gradient, weight, plain, weightGradient, biasGradient);
        dense.Backward(input, gradient, weight, actual, weightGradient, biasGradient, scale);
        var expected = plain.ToArray().Zip(activations, (dx, x) => x > 0f ? dx * scale : 0f);
        Assert.That(actual.ToArray(), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(ChoicesThatMakeMoments))]
    public void TheMomentsOfAConvolutionAreThoseOfItsOutput(string name, TileChoice choice)
    {
        var device = TestDevices.Get(name, choice.Tile.Threads);
        var geometry = new Conv2dGeometry(2, 9, 7, 37, 3, 3, 1, 1);
        const int Batch = 3; // 189 columns: whole tiles and one that is not
        using var convolution = new Conv2d(device, geometry, choice);
        using var input = Fill(device, geometry.InputShape(Batch), 1);
        using var weight = Fill(device, geometry.WeightShape, 2);
        // Far from zero, to lose no digits.
        using var bias = device.Allocate([37], Kernels.Values.Between(100f, 200f)([37], 3));
        using var output = device.Allocate(geometry.OutputShape(Batch));
        using var moments = new ChannelMoments(device);
        convolution.ForwardWithMoments(input, weight, bias, output, moments);
        Assert.That(moments.AreKnown);

        var (expected, expectedVariance) = Normalize(device, output, null);
        var (actual, actualVariance) = Normalize(device, output, moments);
        Assert.That(RelativeDifference.Of(actual, expected), Is.LessThan(1e-4));
        Assert.That(RelativeDifference.Of(actualVariance, expectedVariance), Is.LessThan(1e-5));
    }

    internal static (float[] Output, float[] Variance) Normalize(Device device, Tensor input, ChannelMoments? moments)
    {
        int channels = input.Shape[1];
        Shape shape = [channels];
        using var norm = new BatchNorm2d(device, channels, momentum: 1f);
        using var weight = Fill(device, shape, 4);
        using var bias = Fill(device, shape, 5);
        using var mean = device.Allocate(shape);
        using var variance = device.Allocate(shape);
        using var output = device.Allocate(input.Shape);
        norm.ForwardTraining(input, weight, bias, mean, variance, output, moments);
        return (output.ToArray(), variance.ToArray());
    }

    internal static Tensor Fill(Device device, Shape shape, int seed) =>
        device.Allocate(shape, Kernels.Values.Uniform(shape, seed));
}
