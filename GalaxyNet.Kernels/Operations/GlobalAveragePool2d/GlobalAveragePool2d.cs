using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The mean of each channel of an image, whatever its size.</summary>
/// <remarks>
/// With x [batch, channels, height, width]:
///
/// Forward:  y[n, c] = sum over i and j of x[n, c, i, j] / (height width)
/// Backward: dx[n, c, i, j] = dy[n, c] / (height width)
///
/// Lin, Chen and Yan, "Network in network", 2013.
/// </remarks>
public sealed class GlobalAveragePool2d : Operation
{
    private readonly Action<KernelConfig, Floats, Floats, int> forward;
    private readonly Action<KernelConfig, Floats, Floats, int> backward;
    private readonly SimdKernel<GlobalAveragePool2dForwardWork> forwardOnCpu;
    private readonly SimdKernel<GlobalAveragePool2dBackwardWork> backwardOnCpu;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    public GlobalAveragePool2d(Device device)
        : base(device)
    {
        forward = device.Load<Floats, Floats, int>(ForwardKernel);
        backward = device.Load<Floats, Floats, int>(BackwardKernel);
        forwardOnCpu = new SimdKernel<GlobalAveragePool2dForwardWork>(device);
        backwardOnCpu = new SimdKernel<GlobalAveragePool2dBackwardWork>(device);
    }

    /// <summary>y [batch, channels] from x [batch, channels, height, width].</summary>
    /// <exception cref="ArgumentException">x is no batch of images, or y has another shape.</exception>
    public void Forward(Tensor input, Tensor output)
    {
        Require(input, output, nameof(input), nameof(output));
        int pixels = input.Count / output.Count;
        if (Device.Schedule == Schedule.Cpu)
            forwardOnCpu.Launch(new GlobalAveragePool2dForwardWork
            {
                Input = input.Data,
                Output = output.Data,
                Pixels = pixels,
            });
        else
            forward(Device.Loop(output.Count), input.Data, output.Data, pixels);
    }

    /// <summary>dx [batch, channels, height, width] from dy [batch, channels].</summary>
    /// <exception cref="ArgumentException">dx is no batch of images, or dy has another shape.</exception>
    public void Backward(Tensor outputGradient, Tensor inputGradient)
    {
        Require(inputGradient, outputGradient, nameof(inputGradient), nameof(outputGradient));
        int pixels = inputGradient.Count / outputGradient.Count;
        if (Device.Schedule == Schedule.Cpu)
            backwardOnCpu.Launch(new GlobalAveragePool2dBackwardWork
            {
                OutputGradient = outputGradient.Data,
                InputGradient = inputGradient.Data,
                Pixels = pixels,
            });
        else
            backward(Device.Loop(inputGradient.Count), outputGradient.Data, inputGradient.Data, pixels);
    }

    [Kernel("global_average_pool2d", Schedule.Shared)]
    internal static void ForwardKernel(Floats input, Floats output, int pixels)
    {
        var range = LoopRange.Of((int)output.Length);
        for (int plane = range.Start; plane < range.End; plane += range.Step)
        {
            float sum = 0f;
            for (int i = plane * pixels; i < (plane + 1) * pixels; i++)
                sum += input[i];
            output[plane] = sum / pixels;
        }
    }

    [Kernel("global_average_pool2d", Schedule.Shared)]
    internal static void BackwardKernel(Floats outputGradient, Floats inputGradient, int pixels)
    {
        var range = LoopRange.Of((int)inputGradient.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            inputGradient[i] = outputGradient[i / pixels] / pixels;
    }

    private void Require(Tensor images, Tensor means, string imagesName, string meansName)
    {
        images.Require(Device, imagesName);
        if (images.Shape.Rank != 4)
            throw new ArgumentException(
                $"Global pooling needs [batch, channels, height, width], not {images.Shape}.", imagesName);
        means.Require(Device, [images.Shape[0], images.Shape[1]], meansName);
    }
}
