using ILGPU;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The ReLU.</summary>
/// <remarks>
/// Forward:  y = max(x, 0)
/// Backward: dx = dy where y > 0, else 0
/// Any shape; both passes go element by element.
/// </remarks>
public sealed class Relu
{
    private readonly Device device;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>> forward;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>> backward;

    /// <summary>Compiles the kernels for a device.</summary>
    public Relu(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
        forward = device.Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(ForwardKernel);
        backward = device.Accelerator
            .LoadStreamKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>>(BackwardKernel);
    }

    /// <summary>y = max(x, 0); <paramref name="output"/> may be <paramref name="input"/>.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument has been disposed.</exception>
    public void Forward(Tensor input, Tensor output)
    {
        input.Require(device, nameof(input));
        output.Require(device, input.Shape, nameof(output));
        forward(device.Loop(input.Count), input.Data, output.Data);
    }

    /// <summary>dx from dy and y; <paramref name="inputGradient"/> may be <paramref name="outputGradient"/>.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument has been disposed.</exception>
    public void Backward(Tensor output, Tensor outputGradient, Tensor inputGradient)
    {
        output.Require(device, nameof(output));
        outputGradient.Require(device, output.Shape, nameof(outputGradient));
        inputGradient.Require(device, output.Shape, nameof(inputGradient));
        backward(device.Loop(output.Count), output.Data, outputGradient.Data, inputGradient.Data);
    }

    [Kernel("relu", Schedule.Shared)]
    internal static void ForwardKernel(ArrayView<float> input, ArrayView<float> output)
    {
        var range = LoopRange.Of((int)input.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            output[i] = input[i] <= 0f ? 0f : input[i]; // a NaN stays a NaN
    }

    [Kernel("relu", Schedule.Shared)]
    internal static void BackwardKernel(
        ArrayView<float> output, ArrayView<float> outputGradient, ArrayView<float> inputGradient)
    {
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            inputGradient[i] = output[i] > 0f ? outputGradient[i] : 0f;
    }
}
