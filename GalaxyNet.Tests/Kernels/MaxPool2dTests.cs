namespace GalaxyNet.Tests;

/// <summary>What the catalogue's distinct values do not show: ties, NaN, what is dropped, and wrong shapes.</summary>
[TestFixture]
internal sealed class MaxPool2dTests
{
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void TheFirstOfEqualNumbersTakesTheGradient(string device)
    {
        var (output, gradient) = Pool(TestDevices.Get(device), [1, 1, 2, 2], [3f, 7f, 7f, 7f]);
        Assert.That(output, Is.EqualTo([7f]));
        Assert.That(gradient, Is.EqualTo([0f, 1f, 0f, 0f]));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void ANotANumberBeatsEveryNumber(string device)
    {
        var (output, gradient) = Pool(
            TestDevices.Get(device), [1, 1, 2, 2], [3f, float.NaN, 7f, float.PositiveInfinity]);
        Assert.That(output, Is.EqualTo([float.NaN]));
        Assert.That(gradient, Is.EqualTo([0f, 1f, 0f, 0f]));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void DroppedRowsAndColumnsGetZeroGradient(string device)
    {
        var (output, gradient) = Pool(
            TestDevices.Get(device), [1, 1, 3, 3], [float.NegativeInfinity, -2f, 9f, -1f, -3f, 9f, 9f, 9f, 9f]);
        Assert.That(output, Is.EqualTo([-1f]));
        Assert.That(gradient, Is.EqualTo([0f, 0f, 0f, 1f, 0f, 0f, 0f, 0f, 0f]));
    }

    [Test]
    public void AWindowLargerThanTheImageIsRefused()
    {
        var pool = new MaxPool2d(TestDevices.Get("cpu-512"), 3);
        Assert.That(
            () => pool.OutputShape([1, 1, 8, 2]),
            Throws.ArgumentException.With.Message.Contains("3x3 pooling window is larger than the 8x2 input"));
    }

    [TestCase(0)]
    [TestCase(17)]
    public void AWindowWhosePlacesDoNotFitIntoAByteIsRefused(int kernel) =>
        Assert.That(
            () => new MaxPool2d(TestDevices.Get("cpu-512"), kernel), Throws.InstanceOf<ArgumentOutOfRangeException>());

    // The gradient tensor starts as rubbish, so that an element that is never written shows.
    private static (float[] Output, float[] Gradient) Pool(Device device, Shape shape, float[] values)
    {
        var pool = new MaxPool2d(device, 2);
        var pooled = pool.OutputShape(shape);
        using var input = device.Allocate(shape, values);
        using var output = device.Allocate(pooled);
        using var indices = device.AllocateBuffer<byte>(pooled.Count);
        using var outputGradient = device.Allocate(pooled, [.. Enumerable.Repeat(1f, pooled.Count)]);
        using var inputGradient = device.Allocate(shape, [.. Enumerable.Repeat(5f, shape.Count)]);
        pool.Forward(input, output, indices);
        pool.Backward(indices, outputGradient, inputGradient);
        return (output.ToArray(), inputGradient.ToArray());
    }
}
