using System.Diagnostics.CodeAnalysis;

namespace GalaxyNet.Kernels;

/// <summary>A convolution, the ReLU and maximum pooling as one operation.</summary>
/// <remarks>
/// With the shapes of <see cref="Conv2d"/>, z for the convolution's output, and a k x k window as in
/// <see cref="ReluMaxPool2d"/>:
///
/// Forward:  z = w * x + b, the sum in <see cref="Conv2d"/>
///           y[n, o, i, j] = max(0, max over r, c in [0, k) of z[n, o, k i + r, k j + c])
/// Backward: dz[n, o, k i + r, k j + c] = dy[n, o, i, j] where (r, c) was the maximum and it was positive, else 0
///           dx, dw and db are those of <see cref="Conv2d"/> for dz
///
/// z is k^2 times larger than y, and all but one number in k^2 of dz are zeros. Where <see
/// cref="Conv2dReluMaxPool2dCpu"/> allows the device and the extents, z never leaves the registers, and dz is written
/// only if dx is wanted. <see cref="Conv2dReluMaxPool2dCuda"/> does not write z either. Everywhere else this runs <see
/// cref="Conv2d"/> and <see cref="ReluMaxPool2d"/>, with z and then dz in memory of its own. <see
/// cref="Conv2dReluMaxPool2dReference"/> has it as plain loops.
/// </remarks>
public sealed class Conv2dReluMaxPool2d : DisposableOperation
{
    private readonly int window;
    private readonly ReluMaxPool2d pooling;
    private readonly Conv2d convolution;
    private readonly Conv2dReluMaxPool2dCpu? fused;
    private readonly Conv2dReluMaxPool2dCuda? fusedForward;
    private readonly Workspace<float> convolved;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="geometry">The extents of the convolution.</param>
    /// <param name="window">The side of the pooling's window and its stride, in pixels: 1 to 15.</param>
    /// <exception cref="ArgumentException">The window is larger than the convolution's output.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="window"/> is out of range.</exception>
    public Conv2dReluMaxPool2d(Device device, Conv2dGeometry geometry, int window)
        : base(device)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        Geometry = geometry;
        this.window = window;
        pooling = new ReluMaxPool2d(device, window);
        OutputShape(1);
        convolution = new Conv2d(device, geometry);
        convolved = new Workspace<float>(device);
        if (Conv2dReluMaxPool2dCpu.Allows(device, geometry, window))
            fused = new Conv2dReluMaxPool2dCpu(device, geometry);
        if (Conv2dReluMaxPool2dCuda.Allows(device, geometry, window))
            fusedForward = new Conv2dReluMaxPool2dCuda(device, geometry);
    }

    /// <summary>The extents of the convolution.</summary>
    public Conv2dGeometry Geometry { get; }

    /// <summary>The shape of y: [batch, outChannels, floor(outHeight / k), floor(outWidth / k)].</summary>
    public Shape OutputShape(int batch) => MaxPool2d.OutputShape(Geometry.OutputShape(batch), window);

    /// <summary>y and the indices from x, w and b, for a batch of any size.</summary>
    public void Forward(Tensor input, Tensor weight, Tensor bias, Tensor output, DeviceBuffer<byte> indices)
    {
        Require(input, nameof(input), weight, output, nameof(output));
        bias.Require(Device, [Geometry.OutChannels], nameof(bias));
        indices.Require(Device, output.Count, nameof(indices));
        if (fused is not null)
        {
            fused.Forward(input, weight, bias, output, indices);
            return;
        }
        if (fusedForward is not null)
        {
            fusedForward.Forward(input, weight, bias, output, indices);
            return;
        }
        var z = Convolved(input.Shape[0]);
        convolution.Forward(input, weight, bias, z);
        pooling.Forward(z, output, indices);
    }

    /// <summary>
    /// dw and db, and dx unless that is null, from x, w, dy and the indices of the last forward pass.
    /// </summary>
    /// <exception cref="InvalidOperationException">No <see cref="Forward"/> has written the indices.</exception>
    public void Backward(
        Tensor input,
        DeviceBuffer<byte> indices,
        Tensor outputGradient,
        Tensor weight,
        Tensor? inputGradient,
        Tensor weightGradient,
        Tensor biasGradient)
    {
        Require(input, nameof(input), weight, outputGradient, nameof(outputGradient));
        indices.RequireWritten(Device, outputGradient.Count, nameof(indices));
        weightGradient.Require(Device, Geometry.WeightShape, nameof(weightGradient));
        biasGradient.Require(Device, [Geometry.OutChannels], nameof(biasGradient));
        if (inputGradient is not null)
            inputGradient.Require(Device, input.Shape, nameof(inputGradient));

        fused?.BackwardWeight(input, indices, outputGradient, weightGradient, biasGradient);
        if (fused is not null && inputGradient is null)
            return;
        var dz = Convolved(input.Shape[0]);
        pooling.Backward(indices, outputGradient, dz);
        if (fused is null)
            convolution.BackwardWeight(input, dz, weightGradient, biasGradient);
        if (inputGradient is not null)
            convolution.BackwardInput(dz, weight, inputGradient);
    }

    /// <summary>dx alone, from w, dy and the indices of the last forward pass.</summary>
    /// <exception cref="InvalidOperationException">No <see cref="Forward"/> has written the indices.</exception>
    public void BackwardInput(
        DeviceBuffer<byte> indices, Tensor outputGradient, Tensor weight, Tensor inputGradient)
    {
        Require(inputGradient, nameof(inputGradient), weight, outputGradient, nameof(outputGradient));
        var dz = Convolved(inputGradient.Shape[0]);
        pooling.Backward(indices, outputGradient, dz);
        convolution.BackwardInput(dz, weight, inputGradient);
    }

    /// <summary>How the passes run for so many images.</summary>
    internal Conv2dPlan PlanFor(int images)
    {
        var plan = convolution.PlanFor(images);
        return fused is null ? plan : fused.PlanFor(images) with { BackwardInput = plan.BackwardInput };
    }

    private protected override void Free()
    {
        convolution.Dispose();
        fused?.Dispose();
        fusedForward?.Dispose();
        convolved.Dispose();
    }

    // z, and later dz: the backward pass needs no more of z than the indices.
    private Tensor Convolved(int batch)
    {
        var shape = Geometry.OutputShape(batch);
        return Tensor.View(convolved.BufferOfAtLeast(shape.Count), 0, shape);
    }

    private void Require(
        [NotNull] Tensor? input, string inputName, Tensor weight, [NotNull] Tensor? output, string outputName)
    {
        input.Require(Device, inputName);
        input.Require(Device, Geometry.InputShape(input.Shape[0]), inputName);
        weight.Require(Device, Geometry.WeightShape, nameof(weight));
        output.Require(Device, OutputShape(input.Shape[0]), outputName);
    }
}
