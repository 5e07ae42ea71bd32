using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// The cubic <see cref="Rotation"/> on a GPU, in three launches: the spline's coefficients along the rows, then along
/// the columns, then the output's pixels.
/// </summary>
internal sealed class RotationGpu : IRotationSchedule
{
    private readonly Device device;
    private readonly Workspace<float> coefficients;
    private readonly Action<KernelConfig, Bytes, Floats, int> filterRows;
    private readonly Action<KernelConfig, Floats, int, int> filterColumns;

    private readonly Action<
        KernelConfig, Bytes, Floats, ArrayView<Orientation>, ArrayView<long>, Floats, int, int, int> resample;

    public RotationGpu(Device device)
    {
        this.device = device;
        coefficients = new Workspace<float>(device);
        filterRows = device.Load<Bytes, Floats, int>(FilterRowsKernel);
        filterColumns = device.Load<Floats, int, int>(FilterColumnsKernel);
        resample = device.Load<
            Bytes, Floats, ArrayView<Orientation>, ArrayView<long>, Floats, int, int, int>(ResampleKernel);
    }

    public void Forward(
        Bytes images, ArrayView<Orientation> orientations, ArrayView<long> cosines, Tensor output)
    {
        int count = output.Count;
        int channels = output.Shape[1];
        int height = output.Shape[2];
        int width = output.Shape[3];
        var filtered = coefficients.AtLeast(count).SubView(0, count);
        filterRows(device.Loop(count / width), images, filtered, width);
        filterColumns(device.Loop(count / height), filtered, height, width);
        resample(
            device.Loop(count / channels),
            images,
            filtered,
            orientations,
            cosines,
            output.Data,
            channels,
            height,
            width);
    }

    public void Dispose() => coefficients.Dispose();

    [Kernel("rotation", Schedule.Shared)]
    internal static unsafe void FilterRowsKernel(Bytes images, Floats coefficients, int width)
    {
        var range = LoopRange.Of((int)coefficients.Length / width);
        fixed (byte* source = &images[0])
        fixed (float* target = &coefficients[0])
        {
            for (int row = range.Start; row < range.End; row += range.Step)
            {
                for (int i = row * width; i < (row + 1) * width; i++)
                    target[i] = Rotation.ToFloat(source[i]);
                CubicSpline.Filter(target + (row * width), width, 1);
            }
        }
    }

    [Kernel("rotation", Schedule.Shared)]
    internal static unsafe void FilterColumnsKernel(Floats coefficients, int height, int width)
    {
        var range = LoopRange.Of((int)coefficients.Length / height);
        fixed (float* data = &coefficients[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
                CubicSpline.Filter(data + ((i / width * height * width) + (i % width)), height, width);
        }
    }

    [Kernel("rotation", Schedule.Shared)]
    internal static unsafe void ResampleKernel(
        Bytes images,
        Floats coefficients,
        ArrayView<Orientation> orientations,
        ArrayView<long> cosines,
        Floats output,
        int channels,
        int height,
        int width)
    {
        int pixels = height * width;
        var range = LoopRange.Of((int)output.Length / channels);
        fixed (byte* samples = &images[0])
        fixed (float* spline = &coefficients[0], target = &output[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
            {
                int image = i / pixels;
                int pixel = i % pixels;
                var angle = new RotationAngle(orientations[image], cosines);
                var source = SourcePosition.Of(pixel / width, pixel % width, angle, height, width);
                var row = new SplineTaps(source.Row, height);
                var column = new SplineTaps(source.Column, width);
                for (int channel = 0; channel < channels; channel++)
                {
                    int plane = ((image * channels) + channel) * pixels;
                    float value = 0f;
                    if (source.IsOnPixel)
                        value = Rotation.ToFloat(samples[plane + (row.Index1 * width) + column.Index1]);
                    else if (source.IsInside)
                        value = CubicSpline.At(spline + plane, width, row, column);
                    target[plane + pixel] = value;
                }
            }
        }
    }
}
