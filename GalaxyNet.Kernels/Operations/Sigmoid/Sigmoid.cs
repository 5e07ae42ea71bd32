using ILGPU;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The logistic function.</summary>
/// <remarks>
/// Forward:  y = 1 / (1 + exp(-x)), computed with exp(-|x|), which cannot overflow
/// Backward: dx = dy y (1 - y)
/// Any shape; both passes go element by element.
/// </remarks>
public sealed class Sigmoid
{
    private readonly Device device;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>> forward;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>> backward;

    /// <summary>Compiles the kernels for a device.</summary>
    public Sigmoid(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
        forward = device.Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(ForwardKernel);
        backward = device.Accelerator
            .LoadStreamKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>>(BackwardKernel);
    }

    /// <summary>y from x; <paramref name="output"/> may be <paramref name="input"/>.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument has been disposed.</exception>
    public void Forward(Tensor input, Tensor output)
    {
        input.Require(device, nameof(input));
        output.Require(device, input.Shape, nameof(output));
        forward(device.Loop(input.Count), input.Data, output.Data);
    }

    /// <summary>dx from y and dy; <paramref name="inputGradient"/> may be <paramref name="outputGradient"/>.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument has been disposed.</exception>
    public void Backward(Tensor output, Tensor outputGradient, Tensor inputGradient)
    {
        output.Require(device, nameof(output));
        outputGradient.Require(device, output.Shape, nameof(outputGradient));
        inputGradient.Require(device, output.Shape, nameof(inputGradient));
        backward(device.Loop(output.Count), output.Data, outputGradient.Data, inputGradient.Data);
    }

    [Kernel("sigmoid", Schedule.Shared)]
    internal static void ForwardKernel(ArrayView<float> input, ArrayView<float> output)
    {
        var range = LoopRange.Of((int)input.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
        {
            float x = input[i];
            float power = MathF.Exp(-MathF.Abs(x));
            output[i] = (x < 0f ? power : 1f) / (1f + power);
        }
    }

    [Kernel("sigmoid", Schedule.Shared)]
    internal static void BackwardKernel(
        ArrayView<float> output, ArrayView<float> outputGradient, ArrayView<float> inputGradient)
    {
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            inputGradient[i] = outputGradient[i] * output[i] * (1f - output[i]);
    }
}
