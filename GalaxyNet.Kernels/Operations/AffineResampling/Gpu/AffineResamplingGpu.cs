using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// The cubic <see cref="AffineResampling"/> on a GPU, in three launches: the spline's coefficients along the rows, then
/// along the columns, then the output's pixels.
/// </summary>
internal sealed class AffineResamplingGpu : IAffineResamplingSchedule
{
    private readonly Device device;
    private readonly Workspace<float> coefficients;
    private readonly Action<KernelConfig, Bytes, Floats, int> filterRows;
    private readonly Action<KernelConfig, Floats, int, int> filterColumns;

    private readonly Action<KernelConfig, Bytes, Floats, ArrayView<Pose>, Floats, ResampledSizes> resample;

    public AffineResamplingGpu(Device device)
    {
        this.device = device;
        coefficients = new Workspace<float>(device);
        filterRows = device.Load<Bytes, Floats, int>(FilterRowsKernel);
        filterColumns = device.Load<Floats, int, int>(FilterColumnsKernel);
        resample = device.Load<Bytes, Floats, ArrayView<Pose>, Floats, ResampledSizes>(ResampleKernel);
    }

    public void Forward(Bytes images, ArrayView<Pose> poses, Tensor output, ResampledSizes sizes)
    {
        int count = output.Shape[0] * sizes.Channels * sizes.Area;
        var filtered = coefficients.AtLeast(count).SubView(0, count);
        filterRows(device.Loop(count / sizes.Width), images, filtered, sizes.Width);
        filterColumns(device.Loop(count / sizes.Height), filtered, sizes.Height, sizes.Width);
        resample(
            device.Loop(output.Shape[0] * sizes.OutArea), images, filtered, poses, output.Data, sizes);
    }

    public void Dispose() => coefficients.Dispose();

    [Kernel("affine_resampling", Schedule.Shared)]
    internal static unsafe void FilterRowsKernel(Bytes images, Floats coefficients, int width)
    {
        var range = LoopRange.Of((int)coefficients.Length / width);
        fixed (byte* source = &images[0])
        fixed (float* target = &coefficients[0])
        {
            for (int row = range.Start; row < range.End; row += range.Step)
            {
                for (int i = row * width; i < (row + 1) * width; i++)
                    target[i] = AffineResampling.ToFloat(source[i]);
                CubicSpline.Filter(target + (row * width), width, 1);
            }
        }
    }

    [Kernel("affine_resampling", Schedule.Shared)]
    internal static unsafe void FilterColumnsKernel(Floats coefficients, int height, int width)
    {
        var range = LoopRange.Of((int)coefficients.Length / height);
        fixed (float* data = &coefficients[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
                CubicSpline.Filter(data + ((i / width * height * width) + (i % width)), height, width);
        }
    }

    [Kernel("affine_resampling", Schedule.Shared)]
    internal static unsafe void ResampleKernel(
        Bytes images, Floats coefficients, ArrayView<Pose> poses, Floats output, ResampledSizes sizes)
    {
        int pixels = sizes.OutArea;
        var range = LoopRange.Of((int)output.Length / sizes.Channels);
        fixed (byte* samples = &images[0])
        fixed (float* spline = &coefficients[0], target = &output[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
            {
                int image = i / pixels;
                int pixel = i % pixels;
                var pose = poses[image];
                var source = SourcePosition.Of(pixel / sizes.OutWidth, pixel % sizes.OutWidth, pose, sizes);
                var row = new SplineTaps(source.Row, sizes.Height);
                var column = new SplineTaps(source.Column, sizes.Width);
                for (int channel = 0; channel < sizes.Channels; channel++)
                {
                    int plane = (image * sizes.Channels) + channel;
                    int corner = plane * sizes.Area;
                    float value = 0f;
                    if (source.IsOnPixel)
                        value = AffineResampling.ToFloat(
                            samples[corner + (row.Index1 * sizes.Width) + column.Index1]);
                    else if (source.IsInside)
                        value = CubicSpline.At(spline + corner, sizes.Width, row, column);
                    target[(plane * pixels) + pixel] = pose.GainOf(channel, sizes.Channels) * value;
                }
            }
        }
    }
}
