namespace GalaxyNet.Kernels;

/// <summary>The logistic function.</summary>
/// <remarks>
/// Forward:  y = 1 / (1 + exp(-x)), computed with exp(-|x|), which cannot overflow
/// Backward: dx = dy y (1 - y)
/// </remarks>
/// <param name="device">Where to run.</param>
public sealed class Sigmoid(Device device) : Activation(device, ForwardKernel, BackwardKernel)
{
    [Kernel("sigmoid", Schedule.Shared)]
    internal static void ForwardKernel(Floats input, Floats output)
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
    internal static void BackwardKernel(Floats output, Floats outputGradient, Floats inputGradient)
    {
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            inputGradient[i] = Backward(output[i], outputGradient[i]);
    }

    /// <summary>dx of one number.</summary>
    internal static float Backward(float output, float outputGradient) => outputGradient * output * (1f - output);
}
