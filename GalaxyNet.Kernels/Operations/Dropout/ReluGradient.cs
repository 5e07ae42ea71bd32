using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// A gradient's way back through a ReLU, and through dropout before or after it, from what both have made.
/// </summary>
/// <param name="device">Where to run.</param>
internal sealed class ReluGradient(Device device)
{
    private readonly Action<KernelConfig, Floats, Floats, Floats, float> find =
        device.Load<Floats, Floats, Floats, float>(FindKernel);

    private readonly SimdKernel<ReluGradientWork> findOnCpu = new(device);

    /// <summary>dx from y and dy; the arguments are checked.</summary>
    /// <param name="output">y: what was dropped or cut off is zero there.</param>
    /// <param name="outputGradient">dy.</param>
    /// <param name="inputGradient">dx; may be <paramref name="outputGradient"/>.</param>
    /// <param name="scale">What dropout multiplies by: <see cref="Dropout.Scale"/>, or 1.</param>
    public void Find(Tensor output, Tensor outputGradient, Tensor inputGradient, float scale)
    {
        if (device.Schedule == Schedule.Cpu)
            findOnCpu.Launch(new ReluGradientWork
            {
                Output = output.Data,
                OutputGradient = outputGradient.Data,
                InputGradient = inputGradient.Data,
                Scale = scale,
            });
        else
            find(device.Loop(output.Count), output.Data, outputGradient.Data, inputGradient.Data, scale);
    }

    [Kernel("dropout", Schedule.Shared)]
    internal static void FindKernel(Floats output, Floats outputGradient, Floats inputGradient, float scale)
    {
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            inputGradient[i] = Of(output[i], outputGradient[i], scale);
    }

    /// <summary>dx of one number.</summary>
    internal static float Of(float output, float outputGradient, float scale) =>
        output > 0f ? outputGradient * scale : 0f;
}
