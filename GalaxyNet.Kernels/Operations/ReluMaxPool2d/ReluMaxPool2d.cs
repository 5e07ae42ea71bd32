using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>The ReLU and maximum pooling in one pass over memory.</summary>
/// <remarks>
/// With input x [batch, channels, height, width] and a k x k window, see <see cref="MaxPool2d"/>:
///
/// Forward:  y[n, c, i, j] = max(0, max over a, b in [0, k) of x[n, c, k i + a, k j + b])
/// Backward: dx[n, c, k i + a, k j + b] = dy[n, c, i, j] where (a, b) was the maximum and it was positive, else 0
///
/// The ReLU is monotonic, so it may come after the maximum, where there are k^2 times fewer numbers. The index byte is
/// k a + b, or <see cref="Blocked"/> where nothing was positive and no gradient passes.
/// </remarks>
public sealed class ReluMaxPool2d : Operation
{
    /// <summary>The largest window: its last index must not be <see cref="Blocked"/>.</summary>
    internal const int MaxKernel = 15;

    /// <summary>The index of a window whose gradient is zero.</summary>
    internal const byte Blocked = 255;

    private readonly int kernel;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<byte>, int, int, int> forward;
    private readonly Action<KernelConfig, ArrayView<byte>, ArrayView<float>, ArrayView<float>, int, int, int> backward;
    private readonly SimdKernel<ReluMaxPool2dForwardWork> forwardOnCpu;
    private readonly SimdKernel<ReluMaxPool2dBackwardWork> backwardOnCpu;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="kernel">The side of the window and the stride, in pixels: 1 to 15.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kernel"/> is out of range.</exception>
    public ReluMaxPool2d(Device device, int kernel)
        : base(device)
    {
        RequireKernel(kernel);
        this.kernel = kernel;
        forward = device.Load<ArrayView<float>, ArrayView<float>, ArrayView<byte>, int, int, int>(ForwardKernel);
        // The plain pooling's backward pass finds no pixel at a blocked index, and so writes zeros.
        backward = device.Load<ArrayView<byte>, ArrayView<float>, ArrayView<float>, int, int, int>(
            MaxPool2d.BackwardKernel);
        forwardOnCpu = new SimdKernel<ReluMaxPool2dForwardWork>(device);
        backwardOnCpu = new SimdKernel<ReluMaxPool2dBackwardWork>(device);
    }

    private bool HasVectorBody => Device.Schedule == Schedule.Cpu && kernel == PooledRows.Kernel;

    /// <summary>y and the indices from x.</summary>
    public void Forward(Tensor input, Tensor output, DeviceBuffer<byte> indices)
    {
        Require(input, nameof(input), output, nameof(output), indices);
        int height = input.Shape[2];
        int width = input.Shape[3];
        if (HasVectorBody)
            forwardOnCpu.Launch(new ReluMaxPool2dForwardWork
            {
                Input = input.Data,
                Output = output.Data,
                Indices = indices.View,
                Planes = input.Shape[0] * input.Shape[1],
                Height = height,
                Width = width,
            });
        else
            forward(Device.Loop(output.Count), input.Data, output.Data, indices.View, height, width, kernel);
    }

    /// <summary>dx from dy and the indices of the last <see cref="Forward"/>.</summary>
    /// <exception cref="InvalidOperationException">No <see cref="Forward"/> has written the indices.</exception>
    public void Backward(DeviceBuffer<byte> indices, Tensor outputGradient, Tensor inputGradient)
    {
        Require(inputGradient, nameof(inputGradient), outputGradient, nameof(outputGradient), indices);
        indices.RequireWritten(Device, outputGradient.Count, nameof(indices));
        int height = inputGradient.Shape[2];
        int width = inputGradient.Shape[3];
        if (HasVectorBody)
            backwardOnCpu.Launch(new ReluMaxPool2dBackwardWork
            {
                Indices = indices.View,
                OutputGradient = outputGradient.Data,
                InputGradient = inputGradient.Data,
                Planes = inputGradient.Shape[0] * inputGradient.Shape[1],
                Height = height,
                Width = width,
            });
        else
            backward(
                Device.Loop(MaxPool2d.Tiles(inputGradient.Shape, kernel)),
                indices.View,
                outputGradient.Data,
                inputGradient.Data,
                height,
                width,
                kernel);
    }

    [Kernel("relu_max_pool2d", Schedule.Shared)]
    internal static void ForwardKernel(
        ArrayView<float> input, ArrayView<float> output, ArrayView<byte> indices, int height, int width, int kernel)
    {
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
        {
            var (maximum, index) = MaxPool2d.Maximum(input, i, height, width, kernel);
            bool isBlocked = maximum <= 0f;
            output[i] = isBlocked ? 0f : maximum;
            indices[i] = isBlocked ? Blocked : (byte)index;
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">The window is out of range.</exception>
    internal static void RequireKernel(int kernel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kernel, MaxKernel);
    }

    private void Require(Tensor input, string inputName, Tensor output, string outputName, DeviceBuffer<byte> indices)
    {
        input.Require(Device, inputName);
        output.Require(Device, MaxPool2d.OutputShape(input.Shape, kernel), outputName);
        indices.Require(Device, output.Count, nameof(indices));
    }
}
