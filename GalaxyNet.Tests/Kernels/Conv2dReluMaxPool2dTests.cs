namespace GalaxyNet.Tests;

/// <summary>A convolution that pools in registers gives what a convolution and then a pooling give.</summary>
[TestFixture]
internal sealed class Conv2dReluMaxPool2dTests
{
    private const int Batch = 3;

    private static readonly Conv2dGeometry[] Geometries =
    [
        new(2, 11, 9, 33, 9, 9, 1, 4),
        new(1, 13, 10, 32, 6, 6, 1, 0),
        new(3, 40, 37, 32, 7, 7, 1, 3),
        new(2, 45, 37, 33, 9, 9, 1, 4), // two bands, the second one smaller
        new(3, 64, 64, 34, 10, 10, 1, 5),
    ];

    [Test]
    public void ItIsAConvolutionAndThenAPooling(
        [Values("cpu-512", "cpu-256", "cpu-128")] string name,
        [ValueSource(nameof(Geometries))] Conv2dGeometry geometry)
    {
        var device = TestDevices.Get(name);
        using var fused = new Conv2dReluMaxPool2d(device, geometry, window: 2);
        using var convolution = new Conv2d(device, geometry);
        var pooling = new ReluMaxPool2d(device, 2);
        var pooledShape = fused.OutputShape(Batch);
        using Tensor x = Fill(geometry.InputShape(Batch), 1), w = Fill(geometry.WeightShape, 2);
        using Tensor b = Fill([geometry.OutChannels], 3), dy = Fill(pooledShape, 4);
        using Tensor z = device.Allocate(geometry.OutputShape(Batch)), expected = device.Allocate(pooledShape);
        using Tensor actual = device.Allocate(pooledShape), expectedDx = device.Allocate(x.Shape);
        using Tensor expectedDw = device.Allocate(w.Shape), expectedDb = device.Allocate(b.Shape);
        using Tensor actualDx = device.Allocate(x.Shape), actualDw = device.Allocate(w.Shape);
        using var actualDb = device.Allocate(b.Shape);
        using var expectedIndices = device.AllocateBuffer<byte>(pooledShape.Count);
        using var actualIndices = device.AllocateBuffer<byte>(pooledShape.Count);
        Assert.That(fused.PlanFor(Batch).Forward.Algorithm, Does.EndWith("pooled"));

        convolution.Forward(x, w, b, z);
        pooling.Forward(z, expected, expectedIndices);
        pooling.Backward(expectedIndices, dy, z);
        convolution.BackwardWeight(x, z, expectedDw, expectedDb);
        convolution.BackwardInput(z, w, expectedDx);
        fused.Forward(x, w, b, actual, actualIndices);
        fused.Backward(x, actualIndices, dy, w, actualDx, actualDw, actualDb);

        Assert.That(actual.ToArray(), Is.EqualTo(expected.ToArray()));
        Assert.That(Bytes(actualIndices), Is.EqualTo(Bytes(expectedIndices)));
        Assert.That(actualDx.ToArray(), Is.EqualTo(expectedDx.ToArray()));
        Assert.That(RelativeDifference.Of(actualDw.ToArray(), expectedDw.ToArray()), Is.LessThan(1e-5));
        Assert.That(RelativeDifference.Of(actualDb.ToArray(), expectedDb.ToArray()), Is.LessThan(1e-5));

        Tensor Fill(Shape shape, int seed) => device.Allocate(shape, Kernels.Values.Uniform(shape, seed));
    }

    /// <summary>Tiles with and without it are in the lanes of one vector.</summary>
    [Test]
    public void WhatIsNotANumberStaysSo([Values("cpu-512", "cpu-256", "cpu-128")] string name)
    {
        var device = TestDevices.Get(name);
        var geometry = Geometries[2];
        using var fused = new Conv2dReluMaxPool2d(device, geometry, window: 2);
        using var convolution = new Conv2d(device, geometry);
        var pooling = new ReluMaxPool2d(device, 2);
        float[] pixels = Kernels.Values.Uniform(geometry.InputShape(Batch), 1);
        pixels[geometry.InWidth * 9 + 5] = float.NaN;
        pixels[^1] = float.PositiveInfinity;
        using Tensor x = device.Allocate(geometry.InputShape(Batch), pixels);
        using Tensor w = device.Allocate(geometry.WeightShape, Kernels.Values.Uniform(geometry.WeightShape, 2));
        using Tensor b = device.Allocate([geometry.OutChannels]), z = device.Allocate(geometry.OutputShape(Batch));
        using Tensor expected = device.Allocate(fused.OutputShape(Batch)), actual = device.Allocate(expected.Shape);
        using var expectedIndices = device.AllocateBuffer<byte>(expected.Count);
        using var actualIndices = device.AllocateBuffer<byte>(expected.Count);

        convolution.Forward(x, w, b, z);
        pooling.Forward(z, expected, expectedIndices);
        fused.Forward(x, w, b, actual, actualIndices);

        Assert.That(expected.ToArray().Count(float.IsNaN), Is.InRange(1, expected.Count / 2));
        Assert.That(actual.ToArray(), Is.EqualTo(expected.ToArray()));
        Assert.That(Bytes(actualIndices), Is.EqualTo(Bytes(expectedIndices)));
    }

    [Test]
    public void AWindowLargerThanTheConvolutionsOutputIsRefused() => Assert.That(
        () => new Conv2dReluMaxPool2d(TestDevices.Get("cpu-512"), new(1, 4, 4, 1, 3, 3, 1, 0), window: 3),
        Throws.ArgumentException.With.Message.Contains("3x3 pooling window is larger than the 2x2 input"));

    private static byte[] Bytes(DeviceBuffer<byte> buffer)
    {
        var bytes = new byte[buffer.Length];
        buffer.CopyTo(bytes);
        return bytes;
    }
}
