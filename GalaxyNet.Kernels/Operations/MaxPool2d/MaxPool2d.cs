using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>Maximum pooling over square windows that do not overlap.</summary>
/// <remarks>
/// With input x [batch, channels, height, width] and a k x k window, the output y is
/// [batch, channels, floor(height / k), floor(width / k)]; rows and columns left over at the end are dropped:
///
/// Forward:  y[n, c, i, j] = max over a, b in [0, k) of x[n, c, k i + a, k j + b]
/// Backward: dx[n, c, k i + a, k j + b] = dy[n, c, i, j] where (a, b) was the maximum, else 0; 0 in what was dropped
///
/// As in PyTorch the first of equal numbers in row-major order is the maximum, and a NaN beats every number.
/// The forward pass keeps the index k a + b of each maximum, which fits into a byte for windows up to 16 x 16.
/// </remarks>
public sealed class MaxPool2d : Operation
{
    private const int MaxKernel = 16;
    private const int NoMaximum = -1;

    private readonly int kernel;
    private readonly Action<KernelConfig, Floats, Floats, Bytes, int, int, int> forward;
    private readonly Action<KernelConfig, Bytes, Floats, Floats, int, int, int> backward;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="kernel">The side of the window and the stride, in pixels: 1 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kernel"/> is out of range.</exception>
    public MaxPool2d(Device device, int kernel)
        : base(device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kernel, MaxKernel);
        this.kernel = kernel;
        forward = device.Load<Floats, Floats, Bytes, int, int, int>(ForwardKernel);
        backward = device.Load<Bytes, Floats, Floats, int, int, int>(BackwardKernel);
    }

    /// <summary>The shape of y for an <paramref name="input"/> [batch, channels, height, width].</summary>
    /// <exception cref="ArgumentException">The input has another rank, or is smaller than the window.</exception>
    public Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return OutputShape(input, kernel);
    }

    internal static Shape OutputShape(Shape input, int kernel)
    {
        if (input.Rank != 4)
            throw new ArgumentException($"Pooling needs [batch, channels, height, width], not {input}.", nameof(input));
        if (input[2] < kernel || input[3] < kernel)
            throw new ArgumentException(
                $"A {kernel}x{kernel} pooling window is larger than the {input[2]}x{input[3]} input.", nameof(input));
        return [input[0], input[1], input[2] / kernel, input[3] / kernel];
    }

    /// <summary>y, and for each of its elements the index k a + b of the maximum in its window, from x.</summary>
    public void Forward(Tensor input, Tensor output, DeviceBuffer<byte> indices)
    {
        Require(input, nameof(input), output, nameof(output), indices);
        forward(
            Device.Loop(output.Count), input.Data, output.Data, indices.View, input.Shape[2], input.Shape[3], kernel);
    }

    /// <summary>dx from dy and the indices that <see cref="Forward"/> kept.</summary>
    /// <exception cref="InvalidOperationException">No <see cref="Forward"/> has written the indices.</exception>
    public void Backward(DeviceBuffer<byte> indices, Tensor outputGradient, Tensor inputGradient)
    {
        Require(inputGradient, nameof(inputGradient), outputGradient, nameof(outputGradient), indices);
        indices.RequireWritten(Device, outputGradient.Count, nameof(indices));
        backward(
            Device.Loop(Tiles(inputGradient.Shape, kernel)),
            indices.View,
            outputGradient.Data,
            inputGradient.Data,
            inputGradient.Shape[2],
            inputGradient.Shape[3],
            kernel);
    }

    [Kernel("max_pool2d", Schedule.Shared)]
    internal static void ForwardKernel(
        Floats input, Floats output, Bytes indices, int height, int width, int kernel)
    {
        var range = LoopRange.Of((int)output.Length);
        for (int i = range.Start; i < range.End; i += range.Step)
        {
            var (maximum, index) = Maximum(input, i, height, width, kernel);
            output[i] = maximum;
            indices[i] = (byte)index;
        }
    }

    /// <summary>The maximum of the window of element <paramref name="i"/> of the output, and its index there.</summary>
    internal static (float Maximum, int Index) Maximum(Floats input, int i, int height, int width, int kernel)
    {
        int outHeight = height / kernel;
        int outWidth = width / kernel;
        int outRow = i / outWidth; // counted over all planes
        int row = (outRow / outHeight * height) + (outRow % outHeight * kernel);
        int corner = (row * width) + (i % outWidth * kernel);
        float maximum = input[corner];
        int index = 0;
        for (int a = 0; a < kernel; a++)
        {
            for (int b = 0; b < kernel; b++)
            {
                float value = input[corner + (a * width) + b];
                if (value > maximum || float.IsNaN(value))
                {
                    maximum = value;
                    index = (a * kernel) + b;
                }
            }
        }
        return (maximum, index);
    }

    /// <summary>Windows of an input, those cut off by its right and bottom edge included.</summary>
    internal static int Tiles(Shape input, int kernel) =>
        input[0] * input[1] * Rounding.CeilingDivide(input[2], kernel) * Rounding.CeilingDivide(input[3], kernel);

    /// <summary>
    /// Cuts the input into tiles as large as the window, the last ones clipped, and writes one after the other:
    /// each element is written once, and a tile without a window gets zeros.
    /// </summary>
    [Kernel("max_pool2d", Schedule.Shared)]
    internal static void BackwardKernel(
        Bytes indices, Floats outputGradient, Floats inputGradient, int height, int width, int kernel)
    {
        int outHeight = height / kernel;
        int outWidth = width / kernel;
        int tileRows = Rounding.CeilingDivide(height, kernel);
        int tileColumns = Rounding.CeilingDivide(width, kernel);
        int planes = (int)inputGradient.Length / (height * width);
        var range = LoopRange.Of(planes * tileRows * tileColumns);
        for (int i = range.Start; i < range.End; i += range.Step)
        {
            int tileColumn = i % tileColumns;
            int tileRow = i / tileColumns % tileRows;
            int plane = i / tileColumns / tileRows;
            int index = NoMaximum;
            float gradient = 0f;
            if (tileRow < outHeight && tileColumn < outWidth)
            {
                int window = (((plane * outHeight) + tileRow) * outWidth) + tileColumn;
                index = indices[window];
                gradient = outputGradient[window];
            }
            int rows = IntrinsicMath.Min(kernel, height - (tileRow * kernel));
            int columns = IntrinsicMath.Min(kernel, width - (tileColumn * kernel));
            int corner = (((plane * height) + (tileRow * kernel)) * width) + (tileColumn * kernel);
            for (int a = 0; a < rows; a++)
            {
                for (int b = 0; b < columns; b++)
                    inputGradient[corner + (a * width) + b] = (a * kernel) + b == index ? gradient : 0f;
            }
        }
    }

    private void Require(Tensor input, string inputName, Tensor output, string outputName, DeviceBuffer<byte> indices)
    {
        input.Require(Device, inputName);
        output.Require(Device, OutputShape(input.Shape), outputName);
        indices.Require(Device, output.Count, nameof(indices));
    }
}
