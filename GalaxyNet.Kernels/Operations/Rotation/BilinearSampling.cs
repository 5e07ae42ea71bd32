using ILGPU;

namespace GalaxyNet.Kernels;

/// <summary>The cheap way of a <see cref="Rotation"/> between pixels.</summary>
/// <remarks>
/// The brightness is a straight line from pixel to pixel, along the rows and then between them. At (y, x), with the pixels p,
/// i = floor(y), j = floor(x), f = y - i and g = x - j:
///
/// (1 - f) ((1 - g) p[i, j] + g p[i, j + 1]) + f ((1 - g) p[i + 1, j] + g p[i + 1, j + 1])
///
/// On a pixel f and g are 0, and it is taken unchanged.
/// </remarks>
internal static class BilinearSampling
{
    [Kernel("rotation", Schedule.Shared)]
    internal static unsafe void ResampleBilinearKernel(
        ArrayView<byte> images,
        ArrayView<Orientation> orientations,
        ArrayView<long> cosines,
        ArrayView<float> output,
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
                var place = TurnedPixel.Of(
                    pixel / width, pixel % width, new Turn(orientations[image], cosines), height, width);
                for (int channel = 0; channel < channels; channel++)
                {
                    int plane = ((image * channels) + channel) * pixels;
                    target[plane + pixel] = place.IsInside ? At(samples + plane, height, width, place) : 0f;
                }
            }
        }
    }

    private static unsafe float At(byte* plane, int height, int width, TurnedPixel place)
    {
        byte* row = plane + (place.Row.Place * width);
        // The last row and column have no next one, and give it no weight.
        byte* nextRow = place.Row.Place + 1 < height ? row + width : row;
        float above = AlongRow(row, width, place.Column);
        float below = AlongRow(nextRow, width, place.Column);
        return (above + (place.Row.Fraction * (below - above))) / 255f;
    }

    private static unsafe float AlongRow(byte* row, int width, LinePoint column)
    {
        int next = column.Place + 1 < width ? column.Place + 1 : column.Place;
        float left = row[column.Place];
        return left + (column.Fraction * (row[next] - left));
    }
}
