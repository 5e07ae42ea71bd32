using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>A convolution that pools in registers gives what a convolution and a pooling one after the other give.</summary>
[TestFixture]
internal sealed class PooledConvolutionTests
{
    private static readonly Conv2dGeometry[] Geometries =
    [
        new(2, 11, 9, 33, 9, 9, 1, 4),
        new(1, 13, 10, 32, 6, 6, 1, 0),
        new(3, 40, 37, 32, 7, 7, 1, 3),
        new(2, 45, 37, 33, 9, 9, 1, 4), // two bands, the second one smaller
        new(3, 64, 64, 34, 10, 10, 1, 5),
    ];

    [Test]
    public void PoolingInRegistersChangesNothing(
        [Values("cpu-512", "cpu-256", "cpu-128")] string name, [ValueSource(nameof(Geometries))] Conv2dGeometry geometry)
    {
        const int Batch = 3;
        var device = TestDevices.Get(name);
        using var convolution = new Conv2d(device, geometry);
        var pooling = new ReluMaxPool2d(device, 2);
        Shape pooledShape = [Batch, geometry.OutChannels, geometry.OutHeight / 2, geometry.OutWidth / 2];
        using var input = Fill(device, geometry.InputShape(Batch), 1);
        using var weight = Fill(device, geometry.WeightShape, 2);
        using var bias = Fill(device, [geometry.OutChannels], 3);
        using var convolved = device.Allocate(geometry.OutputShape(Batch));
        using var expected = device.Allocate(pooledShape);
        using var actual = device.Allocate(pooledShape);
        using var expectedIndices = device.AllocateBuffer<byte>(pooledShape.Count);
        using var actualIndices = device.AllocateBuffer<byte>(pooledShape.Count);

        convolution.Forward(input, weight, bias, convolved);
        pooling.Forward(convolved, expected, expectedIndices);
        Assert.That(convolution.CanPool);
        convolution.ForwardReluMaxPool(input, weight, bias, actual, actualIndices);

        Assert.That(actual.ToArray(), Is.EqualTo(expected.ToArray()));
        Assert.That(Bytes(actualIndices), Is.EqualTo(Bytes(expectedIndices)));
    }

    [Test]
    public void TheWeightGradientIsThatOfTheWholeOutput(
        [Values("cpu-512", "cpu-256", "cpu-128")] string name, [ValueSource(nameof(Geometries))] Conv2dGeometry geometry)
    {
        const int Batch = 3;
        var device = TestDevices.Get(name);
        using var convolution = new Conv2d(device, geometry);
        var pooling = new ReluMaxPool2d(device, 2);
        Shape pooledShape = [Batch, geometry.OutChannels, geometry.OutHeight / 2, geometry.OutWidth / 2];
        using var input = Fill(device, geometry.InputShape(Batch), 1);
        using var weight = Fill(device, geometry.WeightShape, 2);
        using var bias = Fill(device, [geometry.OutChannels], 3);
        using var pooled = device.Allocate(pooledShape);
        using var indices = device.AllocateBuffer<byte>(pooledShape.Count);
        using var pooledGradient = Fill(device, pooledShape, 4);
        using var gradient = device.Allocate(geometry.OutputShape(Batch));
        using var expectedWeight = device.Allocate(geometry.WeightShape);
        using var expectedBias = device.Allocate([geometry.OutChannels]);
        using var actualWeight = device.Allocate(geometry.WeightShape);
        using var actualBias = device.Allocate([geometry.OutChannels]);

        convolution.ForwardReluMaxPool(input, weight, bias, pooled, indices);
        pooling.Backward(indices, pooledGradient, gradient);
        convolution.BackwardWeight(input, gradient, expectedWeight, expectedBias);
        convolution.BackwardWeightPooled(input, indices, pooledGradient, actualWeight, actualBias);

        Assert.That(RelativeDifference.Of(actualWeight.ToArray(), expectedWeight.ToArray()), Is.LessThan(1e-5));
        Assert.That(RelativeDifference.Of(actualBias.ToArray(), expectedBias.ToArray()), Is.LessThan(1e-5));
    }

    private static Tensor Fill(Device device, Shape shape, int seed) =>
        device.Allocate(shape, Kernels.Values.Uniform(shape, seed));

    private static byte[] Bytes(DeviceBuffer<byte> buffer)
    {
        var bytes = new byte[buffer.Length];
        buffer.CopyTo(bytes);
        return bytes;
    }
}
