using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>A <see cref="Rotation"/> with the cheap brightness between pixels, on every device.</summary>
/// <remarks>
/// The brightness is a straight line from pixel to pixel, along the rows and then between them. At (y, x), with the
/// pixels p, i = floor(y), j = floor(x), f = y - i and g = x - j:
///
/// (1 - f) ((1 - g) p[i, j] + g p[i, j + 1]) + f ((1 - g) p[i + 1, j] + g p[i + 1, j + 1])
///
/// On a pixel f and g are 0, and it is taken unchanged.
/// </remarks>
internal sealed class BilinearRotation(Device device) : IRotationSchedule
{
    private readonly Action<
        KernelConfig, Bytes, ArrayView<Orientation>, ArrayView<long>, Floats, int, int, int> resample =
        device.Load<
            Bytes, ArrayView<Orientation>, ArrayView<long>, Floats, int, int, int>(ResampleBilinearKernel);

    public void Forward(
        Bytes images, ArrayView<Orientation> orientations, ArrayView<long> cosines, Tensor output)
    {
        int channels = output.Shape[1];
        resample(
            device.Loop(output.Count / channels),
            images,
            orientations,
            cosines,
            output.Data,
            channels,
            output.Shape[2],
            output.Shape[3]);
    }

    public void Dispose()
    {
    }

    [Kernel("rotation", Schedule.Shared)]
    internal static unsafe void ResampleBilinearKernel(
        Bytes images,
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
        fixed (float* target = &output[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
            {
                int image = i / pixels;
                int pixel = i % pixels;
                var angle = new RotationAngle(orientations[image], cosines);
                var source = SourcePosition.Of(pixel / width, pixel % width, angle, height, width);
                for (int channel = 0; channel < channels; channel++)
                {
                    int plane = ((image * channels) + channel) * pixels;
                    target[plane + pixel] = source.IsInside ? At(samples + plane, height, width, source) : 0f;
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
