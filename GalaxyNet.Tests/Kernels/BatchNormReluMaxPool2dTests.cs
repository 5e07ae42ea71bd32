namespace GalaxyNet.Tests;

/// <summary>What a network relies on to need less memory: dx in the memory of x.</summary>
[TestFixture]
internal sealed class BatchNormReluMaxPool2dTests
{
    private const int Channels = 3;

    private static readonly Shape InputShape = [2, Channels, 9, 39]; // vectors of each width, and pixels in no window

    [Test]
    public void TheInputGradientMayReplaceTheInput(
        [ValueSource(typeof(TestDevices), nameof(TestDevices.Names))] string name, [Values(2, 3)] int kernel)
    {
        var device = TestDevices.Get(name);
        using var separate = device.Allocate(InputShape);
        float[] expected = Gradients(device, kernel, _ => separate);
        Assert.That(Gradients(device, kernel, input => input), Is.EqualTo(expected));
    }

    /// <returns>dx, dw and db.</returns>
    private static float[] Gradients(Device device, int kernel, Func<Tensor, Tensor> memoryOfGradient)
    {
        var pooled = MaxPool2d.OutputShape(InputShape, kernel);
        using var operation = new BatchNormReluMaxPool2d(device, Channels, kernel);
        using var input = device.Allocate(InputShape, Values.Uniform(InputShape, 1));
        using var outputGradient = device.Allocate(pooled, Values.Uniform(pooled, 2));
        using Tensor weight = Row(3), bias = Row(4), mean = Row(5), variance = Row(6);
        using Tensor weightGradient = Row(7), biasGradient = Row(8), output = device.Allocate(pooled);
        using var indices = device.AllocateBuffer<byte>(pooled.Count);
        operation.ForwardTraining(input, weight, bias, mean, variance, output, indices);
        var gradient = memoryOfGradient(input);
        operation.Backward(input, indices, outputGradient, weight, gradient, weightGradient, biasGradient);
        return [.. gradient.ToArray(), .. weightGradient.ToArray(), .. biasGradient.ToArray()];

        Tensor Row(int seed) => device.Allocate([Channels], Values.Uniform([Channels], seed));
    }
}
