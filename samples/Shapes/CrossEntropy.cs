using GalaxyNet.Kernels;
using GalaxyNet.Layers;
using ILGPU;
using ILGPU.Runtime;
using Device = GalaxyNet.Kernels.Device;
using Floats = ILGPU.ArrayView<float>;

namespace Shapes;

/// <summary>A loss that does not come with the library: the binary cross-entropy, for outputs from 0 to 1.</summary>
/// <remarks>
/// With output o and target t [batch, columns], o held to [Margin, 1 - Margin]:
///
/// Forward:  loss = -sum over n and j of (t log(o) + (1 - t) log(1 - o)) / batch
/// Backward: do = (o - t) / (o (1 - o)) / batch
/// </remarks>
internal sealed class CrossEntropy(Device device) : ILoss
{
    private const float Margin = 1e-6f;

    private readonly Action<Index1D, Floats, Floats, int, Floats> forward =
        device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, Floats, Floats, int, Floats>(ForwardKernel);

    private readonly Action<Index1D, Floats, Floats, int, Floats> backward =
        device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, Floats, Floats, int, Floats>(BackwardKernel);

    public void Forward(Tensor output, Tensor target, Tensor loss) =>
        forward(1, output.Data, target.Data, output.Shape[0], loss.Data);

    public void Backward(Tensor output, Tensor target, Tensor outputGradient) =>
        backward(output.Count, output.Data, target.Data, output.Shape[0], outputGradient.Data);

    /// <remarks>One thread sums it all: plain, and fast enough for rows as short as these.</remarks>
    private static void ForwardKernel(Index1D thread, Floats output, Floats target, int batch, Floats loss)
    {
        float sum = 0f;
        for (int i = 0; i < output.Length; i++)
        {
            float o = Hold(output[i]);
            sum += (target[i] * MathF.Log(o)) + ((1f - target[i]) * MathF.Log(1f - o));
        }
        loss[thread] = -sum / batch;
    }

    private static void BackwardKernel(Index1D i, Floats output, Floats target, int batch, Floats outputGradient)
    {
        float o = Hold(output[i]);
        outputGradient[i] = (o - target[i]) / (o * (1f - o) * batch);
    }

    private static float Hold(float o) => MathF.Min(MathF.Max(o, Margin), 1f - Margin);
}
