using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>An <see cref="AffineResampling"/> with the cheap brightness between pixels, on every device.</summary>
/// <remarks>
/// The brightness is a straight line from pixel to pixel, along the rows and then between them. At (y, x), with the
/// pixels p, i = floor(y), j = floor(x), f = y - i and g = x - j:
///
/// (1 - f) ((1 - g) p[i, j] + g p[i, j + 1]) + f ((1 - g) p[i + 1, j] + g p[i + 1, j + 1])
///
/// On a pixel f and g are 0, and it is taken unchanged.
/// </remarks>
internal sealed class BilinearResampling(Device device) : IAffineResamplingSchedule
{
    private readonly Action<KernelConfig, Bytes, ArrayView<Pose>, Floats, ResampledSizes> resample =
        device.Load<Bytes, ArrayView<Pose>, Floats, ResampledSizes>(ResampleBilinearKernel);

    public void Forward(Bytes images, ArrayView<Pose> poses, Tensor output, ResampledSizes sizes) =>
        resample(device.Loop(output.Shape[0] * sizes.OutArea), images, poses, output.Data, sizes);

    public void Dispose()
    {
    }

    [Kernel("affine_resampling", Schedule.Shared)]
    internal static unsafe void ResampleBilinearKernel(
        Bytes images, ArrayView<Pose> poses, Floats output, ResampledSizes sizes)
    {
        int pixels = sizes.OutArea;
        var range = LoopRange.Of((int)output.Length / sizes.Channels);
        fixed (byte* samples = &images[0])
        fixed (float* target = &output[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
            {
                int image = i / pixels;
                int pixel = i % pixels;
                var pose = poses[image];
                var source = SourcePosition.Of(pixel / sizes.OutWidth, pixel % sizes.OutWidth, pose, sizes);
                for (int channel = 0; channel < sizes.Channels; channel++)
                {
                    int plane = (image * sizes.Channels) + channel;
                    float value = 0f;
                    if (source.IsInside)
                        value = pose.GainOf(channel, sizes.Channels)
                            * At(samples + (plane * sizes.Area), sizes.Height, sizes.Width, source);
                    target[(plane * pixels) + pixel] = value;
                }
            }
        }
    }

    private static unsafe float At(byte* plane, int height, int width, SourcePosition source)
    {
        byte* row = plane + (source.Row.Pixel * width);
        // The last row and column have no next one, and give it no weight.
        byte* nextRow = source.Row.Pixel + 1 < height ? row + width : row;
        float above = AlongRow(row, width, source.Column);
        float below = AlongRow(nextRow, width, source.Column);
        return (above + (source.Row.Fraction * (below - above))) / 255f;
    }

    private static unsafe float AlongRow(byte* row, int width, AxisPosition column)
    {
        int next = column.Pixel + 1 < width ? column.Pixel + 1 : column.Pixel;
        float left = row[column.Pixel];
        return left + (column.Fraction * (row[next] - left));
    }
}
