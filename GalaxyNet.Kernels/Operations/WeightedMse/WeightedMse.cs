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
///
/// A target that is NaN is not known: its term is left out of the sum, and its gradient is exactly 0, whatever the
/// output is. The loss remains a mean over all rows of the batch: to an element it makes no difference how many others
/// are known. Of a part of a mini-batch, batch is still the number of rows of the whole: so the losses and gradients of
/// the parts add up to those of the whole.
/// </remarks>
public sealed class WeightedMse : Operation
{
    private readonly Action<KernelConfig, Floats, Floats, Floats, Floats> forward;
    private readonly Action<KernelConfig, Floats, Floats, Floats, Floats> backward;
    private readonly Action<KernelConfig, Floats, Floats, Floats, Floats, Floats, int, int> forwardAndBackward;
    private readonly SimdKernel<WeightedMseWork> forwardAndBackwardOnCpu;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    public WeightedMse(Device device)
        : base(device)
    {
        forward = device.Load<Floats, Floats, Floats, Floats>(ForwardKernel);
        backward = device.Load<Floats, Floats, Floats, Floats>(BackwardKernel);
        forwardAndBackward = device.Load<Floats, Floats, Floats, Floats, Floats, int, int>(
            ForwardAndBackwardKernel);
        forwardAndBackwardOnCpu = new SimdKernel<WeightedMseWork>(device);
    }

    /// <summary>The loss, one number, from o and t [batch, columns] and w [columns]; t is NaN if not known.</summary>
    public void Forward(Tensor output, Tensor target, Tensor weights, Tensor loss)
    {
        Require(output, target, weights);
        loss.Require(Device, [1], nameof(loss));
        forward(GroupSum.Launch(Device, 1), output.Data, target.Data, weights.Data, loss.Data);
    }

    /// <summary>do from o, t and w.</summary>
    public void Backward(Tensor output, Tensor target, Tensor weights, Tensor outputGradient)
    {
        Require(output, target, weights);
        outputGradient.Require(Device, output.Shape, nameof(outputGradient));
        backward(Device.Loop(output.Count), output.Data, target.Data, weights.Data, outputGradient.Data);
    }

    /// <summary>The loss and do from o, t and w, in one launch: the same bits as one after the other.</summary>
    public void ForwardAndBackward(
        Tensor output, Tensor target, Tensor weights, Tensor loss, Tensor outputGradient)
    {
        Require(output, target, weights);
        outputGradient.Require(Device, output.Shape, nameof(outputGradient));
        LaunchBoth(output, target, weights, loss, outputGradient, output.Shape[0], throughSigmoid: 0);
    }

    /// <summary>
    /// The loss, and the gradient with respect to what a <see cref="Sigmoid"/> made o from, in one launch: the same
    /// bits as one after the other.
    /// </summary>
    public void ForwardAndBackwardThroughSigmoid(
        Tensor output, Tensor target, Tensor weights, Tensor loss, Tensor inputGradient)
    {
        Require(output, target, weights);
        inputGradient.Require(Device, output.Shape, nameof(inputGradient));
        LaunchBoth(output, target, weights, loss, inputGradient, output.Shape[0], throughSigmoid: 1);
    }

    /// <summary>One of these for rows that are a part of a mini-batch.</summary>
    /// <param name="output">o.</param>
    /// <param name="target">t.</param>
    /// <param name="weights">w.</param>
    /// <param name="loss">Receives the rows' part of the loss.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="batch">The rows of the whole mini-batch.</param>
    /// <param name="throughSigmoid">True for that with respect to what a <see cref="Sigmoid"/> made o from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The whole has fewer rows than the part.</exception>
    internal void ForwardAndBackwardOfPart(
        Tensor output,
        Tensor target,
        Tensor weights,
        Tensor loss,
        Tensor gradient,
        int batch,
        bool throughSigmoid)
    {
        Require(output, target, weights);
        gradient.Require(Device, output.Shape, nameof(gradient));
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, output.Shape[0]);
        LaunchBoth(output, target, weights, loss, gradient, batch, throughSigmoid ? 1 : 0);
    }

    [Kernel("weighted_mse", Schedule.Shared)]
    internal static void ForwardKernel(Floats output, Floats target, Floats weights, Floats loss) =>
        StoreLoss(output, target, weights, loss, RowsOf(output, weights));

    [Kernel("weighted_mse", Schedule.Shared)]
    internal static void BackwardKernel(Floats output, Floats target, Floats weights, Floats outputGradient) =>
        StoreGradient(output, target, weights, outputGradient, RowsOf(output, weights), throughSigmoid: 0);

    /// <summary>All groups share the gradient, and the first one also sums the loss.</summary>
    [Kernel("weighted_mse", Schedule.Shared)]
    internal static void ForwardAndBackwardKernel(
        Floats output,
        Floats target,
        Floats weights,
        Floats loss,
        Floats gradient,
        int batch,
        int throughSigmoid)
    {
        StoreGradient(output, target, weights, gradient, batch, throughSigmoid);
        if (Grid.IdxX == 0)
            StoreLoss(output, target, weights, loss, batch);
    }

    /// <summary>The loss, by the current group alone. All threads of the group must call it.</summary>
    private static void StoreLoss(Floats output, Floats target, Floats weights, Floats loss, int batch)
    {
        int rows = RowsOf(output, weights);
        int threads = Group.DimX;
        float total = 0f;
        for (int row = Group.IdxX; row < rows; row += threads)
            total += ErrorOf(row, output, target, weights);
        total = GroupSum.Of(total);
        if (Group.IsFirstThread)
            loss[0] = total / batch;
    }

    private static void StoreGradient(
        Floats output, Floats target, Floats weights, Floats gradient, int batch, int throughSigmoid)
    {
        float scale = 2f / batch;
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
            gradient[i] = GradientAt(i, scale, output, target, weights, throughSigmoid);
    }

    /// <summary>
    /// sum over j of w[j] (o[n, j] - t[n, j])^2 for n = <paramref name="row"/>, where t is known.
    /// </summary>
    internal static float ErrorOf(int row, Floats output, Floats target, Floats weights)
    {
        int columns = (int)weights.Length;
        float total = 0f;
        for (int column = 0; column < columns; column++)
        {
            float error = ErrorAt((row * columns) + column, output, target);
            total += weights[column] * error * error;
        }
        return total;
    }

    /// <summary>How many rows there are.</summary>
    internal static int RowsOf(Floats output, Floats weights) => (int)output.Length / (int)weights.Length;

    /// <summary>do of one number, or where asked what goes on through the <see cref="Sigmoid"/>.</summary>
    internal static float GradientAt(
        int i, float scale, Floats output, Floats target, Floats weights, int throughSigmoid)
    {
        // Without this a NaN output, which a sigmoid multiplies by, would get a gradient where nothing is known of it.
        if (float.IsNaN(target[i]))
            return 0f;
        float ofOutput = scale * weights[i % (int)weights.Length] * (output[i] - target[i]);
        return throughSigmoid != 0 ? Sigmoid.Backward(output[i], ofOutput) : ofOutput;
    }

    /// <summary>o - t of one number, or 0 where t is not known.</summary>
    private static float ErrorAt(int i, Floats output, Floats target) =>
        float.IsNaN(target[i]) ? 0f : output[i] - target[i];

    private void LaunchBoth(
        Tensor output, Tensor target, Tensor weights, Tensor loss, Tensor gradient, int batch, int throughSigmoid)
    {
        loss.Require(Device, [1], nameof(loss));
        if (Device.Schedule == Schedule.Cpu)
        {
            forwardAndBackwardOnCpu.Launch(new WeightedMseWork
            {
                Output = output.Data,
                Target = target.Data,
                Weights = weights.Data,
                Loss = loss.Data,
                Gradient = gradient.Data,
                Batch = batch,
                ThroughSigmoid = throughSigmoid,
            });
            return;
        }
        int groups = Device.Loop(output.Count).GridDim.X;
        forwardAndBackward(
            GroupSum.Launch(Device, groups),
            output.Data,
            target.Data,
            weights.Data,
            loss.Data,
            gradient.Data,
            batch,
            throughSigmoid);
    }

    private void Require(Tensor output, Tensor target, Tensor weights)
    {
        output.Require(Device, nameof(output));
        if (output.Shape.Rank != 2)
            throw new ArgumentException($"The loss needs [batch, columns], not {output.Shape}.", nameof(output));
        target.Require(Device, output.Shape, nameof(target));
        weights.Require(Device, [output.Shape[1]], nameof(weights));
    }
}
