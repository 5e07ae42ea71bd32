namespace GalaxyNet.Kernels;

/// <summary>The ReLU.</summary>
/// <remarks>
/// Forward:  y = max(x, 0)
/// Backward: dx = dy where y > 0, else 0
/// </remarks>
/// <param name="device">Where to run.</param>
public sealed class Relu(Device device) : Activation(device, ForwardKernel, BackwardKernel)
{
    [Kernel("relu", Schedule.Shared)]
    internal static void ForwardKernel(Floats input, Floats output)
    {
        var range = LoopRange.Of((int)input.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            output[i] = input[i] <= 0f ? 0f : input[i]; // a NaN stays a NaN
    }

    [Kernel("relu", Schedule.Shared)]
    internal static void BackwardKernel(Floats output, Floats outputGradient, Floats inputGradient)
    {
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            inputGradient[i] = output[i] > 0f ? outputGradient[i] : 0f;
    }
}
