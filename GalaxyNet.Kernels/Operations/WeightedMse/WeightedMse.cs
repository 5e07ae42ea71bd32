using ILGPU;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The squared error, with a weight for each column.</summary>
/// <remarks>
/// With output o and target t [batch, columns] and weights w [columns]:
///
/// Forward:  loss = sum over n and j of w[j] (o[n, j] - t[n, j])^2 / batch
/// Backward: do[n, j] = 2 w[j] (o[n, j] - t[n, j]) / batch
///
/// Weights of 1 / columns make it the plain mean squared error. One group sums the loss, always in the same order.
/// </remarks>
public sealed class WeightedMse
{
    private readonly Device device;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>> forward;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>> backward;

    /// <summary>Compiles the kernels for a device.</summary>
    public WeightedMse(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
        var accelerator = device.Accelerator;
        forward = accelerator
            .LoadStreamKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>>(ForwardKernel);
        backward = accelerator
            .LoadStreamKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>>(BackwardKernel);
    }

    /// <summary>The loss, one number, from o and t [batch, columns] and w [columns].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument has been disposed.</exception>
    public void Forward(Tensor output, Tensor target, Tensor weights, Tensor loss)
    {
        Require(output, target, weights);
        loss.Require(device, [1], nameof(loss));
        forward(GroupSum.Launch(device, 1), output.Data, target.Data, weights.Data, loss.Data);
    }

    /// <summary>do from o, t and w.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument has been disposed.</exception>
    public void Backward(Tensor output, Tensor target, Tensor weights, Tensor outputGradient)
    {
        Require(output, target, weights);
        outputGradient.Require(device, output.Shape, nameof(outputGradient));
        backward(device.Loop(output.Count), output.Data, target.Data, weights.Data, outputGradient.Data);
    }

    [Kernel("weighted_mse", Schedule.Shared)]
    internal static void ForwardKernel(
        ArrayView<float> output, ArrayView<float> target, ArrayView<float> weights, ArrayView<float> loss)
    {
        int columns = (int)weights.Length;
        int batch = (int)output.Length / columns;
        int threads = Group.DimX;
        float total = 0f;
        for (int row = Group.IdxX; row < batch; row += threads)
        {
            float rowTotal = 0f;
            for (int column = 0; column < columns; column++)
            {
                float error = output[(row * columns) + column] - target[(row * columns) + column];
                rowTotal += weights[column] * error * error;
            }
            total += rowTotal;
        }
        total = GroupSum.Of(total);
        if (Group.IsFirstThread)
            loss[0] = total / batch;
    }

    [Kernel("weighted_mse", Schedule.Shared)]
    internal static void BackwardKernel(
        ArrayView<float> output, ArrayView<float> target, ArrayView<float> weights, ArrayView<float> outputGradient)
    {
        int columns = (int)weights.Length;
        float scale = 2f / ((int)output.Length / columns);
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            outputGradient[i] = scale * weights[i % columns] * (output[i] - target[i]);
    }

    private void Require(Tensor output, Tensor target, Tensor weights)
    {
        output.Require(device, nameof(output));
        if (output.Shape.Rank != 2)
            throw new ArgumentException($"The loss needs [batch, columns], not {output.Shape}.", nameof(output));
        target.Require(device, output.Shape, nameof(target));
        weights.Require(device, [output.Shape[1]], nameof(weights));
    }
}
