using ILGPU;
using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>Turns images of bytes into images of floats from 0 to 1, mirrored and rotated about their center.</summary>
/// <remarks>
/// What <c>scipy.ndimage.rotate(image / 255, angle, reshape=False)</c> does. For each pixel (i, j) of the output,
/// with the center (ci, cj) = ((height - 1) / 2, (width - 1) / 2), the place
///
/// y = ci + cos(angle) (i - ci) + sin(angle) (j - cj)
/// x = cj - sin(angle) (i - ci) + cos(angle) (j - cj)
///
/// is looked up in the cubic spline through the input's pixels: see <see cref="CubicSpline"/>. (With
/// <see cref="Interpolation.Bilinear"/> it is what SciPy does with <c>order=1</c>: see <see cref="BilinearSampling"/>.) A place outside
/// [0, height - 1] x [0, width - 1] gives 0. Corners that turn out of the image are lost. In an image that is mirrored first,
/// the place is (y, width - 1 - x).
///
/// On a GPU three launches: the spline's coefficients along the rows, then along the columns, then the output's pixels. On a processor one,
/// <see cref="RotationWork"/>, image by image. Bilinear takes the output's pixels only.
/// Places are counted in units of 2^-41 pixels: so all devices agree on what lies outside, and a place that falls on a pixel
/// does so exactly, and takes it unchanged. Turns by multiples of 90 degrees only move pixels, mirrored or not.
/// </remarks>
public sealed class Rotation : DisposableOperation
{
    private readonly Interpolation interpolation;
    private readonly DeviceBuffer<long> cosines;
    private readonly Workspace<float> coefficients;
    private readonly SimdKernel<RotationWork> rotateOnCpu;
    private readonly Action<KernelConfig, ArrayView<byte>, ArrayView<float>> convert;
    private readonly Action<KernelConfig, ArrayView<byte>, ArrayView<float>, int> filterRows;
    private readonly Action<KernelConfig, ArrayView<float>, int, int> filterColumns;

    private readonly Action<
        KernelConfig,
        ArrayView<byte>,
        ArrayView<float>,
        ArrayView<Orientation>,
        ArrayView<long>,
        ArrayView<float>,
        int,
        int,
        int> resample;

    private readonly Action<
        KernelConfig, ArrayView<byte>, ArrayView<Orientation>, ArrayView<long>, ArrayView<float>, int, int, int> resampleBilinear;

    /// <summary>Compiles the kernels for a device.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="interpolation">What to take for the brightness between pixels.</param>
    public Rotation(Device device, Interpolation interpolation = Interpolation.Cubic)
        : base(device)
    {
        this.interpolation = interpolation;
        cosines = device.AllocateBuffer<long>(
            [
                .. from degrees in Enumerable.Range(0, Turn.FullTurn)
                   select LinePoint.ToFixed(Math.Cos(degrees * Math.PI / 180)),
            ]);
        coefficients = new Workspace<float>(device);
        rotateOnCpu = new SimdKernel<RotationWork>(device);
        var accelerator = device.Accelerator;
        convert = accelerator.LoadStreamKernel<ArrayView<byte>, ArrayView<float>>(ConvertKernel);
        filterRows = accelerator.LoadStreamKernel<ArrayView<byte>, ArrayView<float>, int>(FilterRowsKernel);
        filterColumns = accelerator.LoadStreamKernel<ArrayView<float>, int, int>(FilterColumnsKernel);
        resample = accelerator.LoadStreamKernel<
            ArrayView<byte>,
            ArrayView<float>,
            ArrayView<Orientation>,
            ArrayView<long>,
            ArrayView<float>,
            int,
            int,
            int>(ResampleKernel);
        resampleBilinear = accelerator.LoadStreamKernel<
            ArrayView<byte>, ArrayView<Orientation>, ArrayView<long>, ArrayView<float>, int, int, int>(
            BilinearSampling.ResampleBilinearKernel);
    }

    /// <summary>Turns each image in its own way.</summary>
    /// <param name="images">Bytes [batch, channels, height, width].</param>
    /// <param name="orientations">How: [batch].</param>
    /// <param name="output">The result [batch, channels, height, width].</param>
    /// <exception cref="ArgumentException">The output has another rank, a buffer is shorter than the output asks for, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument or the operation has been disposed.</exception>
    public void Forward(DeviceBuffer<byte> images, DeviceBuffer<Orientation> orientations, Tensor output)
    {
        Require(images, output);
        orientations.Require(Device, output.Shape[0], nameof(orientations));
        int channels = output.Shape[1];
        int height = output.Shape[2];
        int width = output.Shape[3];
        if (interpolation == Interpolation.Bilinear)
            resampleBilinear(
                Device.Loop(output.Count / channels),
                images.View,
                orientations.View,
                cosines.View,
                output.Data,
                channels,
                height,
                width);
        else if (Device.Schedule == Schedule.Cpu)
            ResampleOnCpu(images, orientations, output);
        else
            ResampleSpline(images, orientations, output.Data, channels, height, width);
    }

    /// <summary>image / 255, not turned.</summary>
    /// <param name="images">Bytes [batch, channels, height, width].</param>
    /// <param name="output">The result [batch, channels, height, width].</param>
    /// <exception cref="ArgumentException">The output has another rank, there are fewer bytes than it asks for, or an argument lives on another device.</exception>
    /// <exception cref="ObjectDisposedException">An argument or the operation has been disposed.</exception>
    public void Convert(DeviceBuffer<byte> images, Tensor output)
    {
        Require(images, output);
        convert(Device.Loop(output.Count), images.View, output.Data);
    }

    internal static float ToFloat(byte value) => value / 255f;

    private protected override void Free()
    {
        cosines.Dispose();
        coefficients.Dispose();
    }

    private void ResampleOnCpu(DeviceBuffer<byte> images, DeviceBuffer<Orientation> orientations, Tensor output)
    {
        var work = new RotationWork
        {
            Pixels = images.View,
            Orientations = orientations.View,
            Cosines = cosines.View,
            Output = output.Data,
            Images = output.Shape[0],
            Size = new ImageShape(output.Shape[1], output.Shape[2], output.Shape[3]),
        };
        work.Scratch = coefficients.AtLeast((long)Device.Multiprocessors * work.ScratchSize(Device.VectorLength));
        rotateOnCpu.Launch(work);
    }

    private void ResampleSpline(
        DeviceBuffer<byte> images,
        DeviceBuffer<Orientation> orientations,
        ArrayView<float> output,
        int channels,
        int height,
        int width)
    {
        int count = (int)output.Length;
        var filtered = coefficients.AtLeast(count).SubView(0, count);
        filterRows(Device.Loop(count / width), images.View, filtered, width);
        filterColumns(Device.Loop(count / height), filtered, height, width);
        resample(
            Device.Loop(count / channels),
            images.View,
            filtered,
            orientations.View,
            cosines.View,
            output,
            channels,
            height,
            width);
    }

    [Kernel("rotation", Schedule.Shared)]
    internal static unsafe void ConvertKernel(ArrayView<byte> images, ArrayView<float> output)
    {
        var range = LoopRange.Of((int)output.Length);
        fixed (byte* source = &images[0])
        fixed (float* target = &output[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
                target[i] = ToFloat(source[i]);
        }
    }

    [Kernel("rotation", Schedule.Shared)]
    internal static unsafe void FilterRowsKernel(ArrayView<byte> images, ArrayView<float> coefficients, int width)
    {
        var range = LoopRange.Of((int)coefficients.Length / width);
        fixed (byte* source = &images[0])
        fixed (float* target = &coefficients[0])
        {
            for (int row = range.Start; row < range.End; row += range.Step)
            {
                for (int i = row * width; i < (row + 1) * width; i++)
                    target[i] = ToFloat(source[i]);
                CubicSpline.Filter(target + (row * width), width, 1);
            }
        }
    }

    [Kernel("rotation", Schedule.Shared)]
    internal static unsafe void FilterColumnsKernel(ArrayView<float> coefficients, int height, int width)
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
        ArrayView<byte> images,
        ArrayView<float> coefficients,
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
        fixed (float* spline = &coefficients[0], target = &output[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
            {
                int image = i / pixels;
                int pixel = i % pixels;
                var place = TurnedPixel.Of(
                    pixel / width, pixel % width, new Turn(orientations[image], cosines), height, width);
                var row = new SplineTaps(place.Row, height);
                var column = new SplineTaps(place.Column, width);
                for (int channel = 0; channel < channels; channel++)
                {
                    int plane = ((image * channels) + channel) * pixels;
                    float value = 0f;
                    if (place.IsOnSample)
                        value = ToFloat(samples[plane + (row.Place1 * width) + column.Place1]);
                    else if (place.IsInside)
                        value = CubicSpline.At(spline + plane, width, row, column);
                    target[plane + pixel] = value;
                }
            }
        }
    }

    private void Require(DeviceBuffer<byte> images, Tensor output)
    {
        output.Require(Device, nameof(output));
        if (output.Shape.Rank != 4)
            throw new ArgumentException(
                $"Rotation needs [batch, channels, height, width], not {output.Shape}.", nameof(output));
        images.Require(Device, output.Count, nameof(images));
    }
}
