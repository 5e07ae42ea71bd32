namespace GalaxyNet.Kernels;

/// <summary>The logistic function.</summary>
/// <remarks>
/// Forward:  y = 1 / (1 + exp(-x)), computed with exp(-|x|), which cannot overflow
/// Backward: dx = dy y (1 - y)
/// </remarks>
/// <param name="device">Where to run.</param>
public sealed class Sigmoid(Device device) : Activation(device, ForwardKernel, BackwardKernel)
{
    private readonly SimdKernel<SigmoidForwardWork> forwardOnCpu = new(device);
    private readonly SimdKernel<SigmoidBackwardWork> backwardOnCpu = new(device);

    [Kernel("sigmoid", Schedule.Shared)]
    internal static void ForwardKernel(Floats input, Floats output)
    {
        var range = LoopRange.Of((int)input.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            output[i] = Forward(input[i]);
    }

    [Kernel("sigmoid", Schedule.Shared)]
    internal static void BackwardKernel(Floats output, Floats outputGradient, Floats inputGradient)
    {
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            inputGradient[i] = Backward(output[i], outputGradient[i]);
    }

    /// <summary>y of one number.</summary>
    internal static float Forward(float input)
    {
        float power = MathF.Exp(-MathF.Abs(input));
        return (input < 0f ? power : 1f) / (1f + power);
    }

    /// <summary>dx of one number.</summary>
    internal static float Backward(float output, float outputGradient) => outputGradient * output * (1f - output);

    private protected override void LaunchForward(Tensor input, Tensor output)
    {
        if (Device.Schedule == Schedule.Cpu)
            forwardOnCpu.Launch(new SigmoidForwardWork { Input = input.Data, Output = output.Data });
        else
            base.LaunchForward(input, output);
    }

    private protected override void LaunchBackward(Tensor output, Tensor outputGradient, Tensor inputGradient)
    {
        if (Device.Schedule == Schedule.Cpu)
            backwardOnCpu.Launch(new SigmoidBackwardWork
            {
                Output = output.Data,
                OutputGradient = outputGradient.Data,
                InputGradient = inputGradient.Data,
            });
        else
            base.LaunchBackward(output, outputGradient, inputGradient);
    }
}
