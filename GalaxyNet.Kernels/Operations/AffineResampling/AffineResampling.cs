using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>
/// Converts images of bytes to floats from 0 to 1, each mirrored, rotated, zoomed, shifted, brightened and tinted in
/// its own way, in one pass.
/// </summary>
/// <remarks>
/// For each pixel (i, j) of the output, with the centers (ci, cj) = ((height - 1) / 2, (width - 1) / 2) of the input
/// and (di, dj) of the output, which may have another size, the position
///
/// y = ci + down + (cos(angle) (i - di) + sin(angle) (j - dj)) / zoom
/// x = cj + right + (cos(angle) (j - dj) - sin(angle) (i - di)) / zoom
///
/// is looked up in the cubic spline through the input's pixels: see <see cref="CubicSpline"/>. (With
/// <see cref="Interpolation.Bilinear"/> in straight lines between them: see <see cref="BilinearResampling"/>.) If only
/// the angle is given, and the sizes are the same, this is <c>scipy.ndimage.rotate(image / 255, angle,
/// reshape=False)</c>, with <c>order=1</c> if bilinear. A position outside [0, height - 1] x [0, width - 1] gives 0: an
/// input that is larger than the output has no corners that rotate out of it. In an image that is mirrored first, the
/// distance of x from cj + right has the other sign. Channel c of C is multiplied by
///
/// brightness (1 + tint (2 c / (C - 1) - 1)), or brightness if there is one channel.
///
/// Positions are whole multiples of 2^-41 pixels. So all devices agree on what lies outside, and a position on the
/// center of a pixel is exactly there, and takes the pixel unchanged. Rotations by multiples of 90 degrees only move
/// pixels, mirrored or not.
/// </remarks>
public sealed class AffineResampling : DisposableOperation
{
    private readonly IAffineResamplingSchedule schedule;
    private readonly Action<KernelConfig, Bytes, Floats> convert;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="interpolation">What to take for the brightness between pixels.</param>
    public AffineResampling(Device device, Interpolation interpolation = Interpolation.Cubic)
        : base(device)
    {
        convert = device.Load<Bytes, Floats>(ConvertKernel);
        schedule = interpolation == Interpolation.Bilinear ? new BilinearResampling(device)
            : device.Schedule == Schedule.Cpu ? new AffineResamplingCpu(device)
            : new AffineResamplingGpu(device);
    }

    /// <summary>Shows each image in its own way.</summary>
    /// <param name="images">Bytes of <paramref name="shape"/>.</param>
    /// <param name="shape">[batch, channels, height, width].</param>
    /// <param name="poses">How: [batch].</param>
    /// <param name="output">The result [batch, channels, outHeight, outWidth].</param>
    /// <exception cref="ArgumentException">
    /// The shapes have other batches or channels, or a buffer is too short.
    /// </exception>
    public void Forward(DeviceBuffer<byte> images, Shape shape, DeviceBuffer<Pose> poses, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Require(images, shape, output);
        if (shape[0] != output.Shape[0] || shape[1] != output.Shape[1])
            throw new ArgumentException(
                $"Images {shape} and output {output.Shape} need as many images and channels.", nameof(output));
        poses.Require(Device, shape[0], nameof(poses));
        schedule.Forward(
            images.View,
            poses.View,
            output,
            new ResampledSizes(shape[1], shape[2], shape[3], output.Shape[2], output.Shape[3]));
    }

    /// <summary>image / 255, in no other way.</summary>
    /// <param name="images">Bytes [batch, channels, height, width].</param>
    /// <param name="output">The result [batch, channels, height, width].</param>
    /// <exception cref="ArgumentException">The output is no batch of images, or the buffer is too short.</exception>
    public void Convert(DeviceBuffer<byte> images, Tensor output)
    {
        output.Require(Device, nameof(output));
        Require(images, output.Shape, output);
        convert(Device.Loop(output.Count), images.View, output.Data);
    }

    internal static float ToFloat(byte value) => value / 255f;

    private protected override void Free() => schedule.Dispose();

    [Kernel("affine_resampling", Schedule.Shared)]
    internal static unsafe void ConvertKernel(Bytes images, Floats output)
    {
        var range = LoopRange.Of((int)output.Length);
        fixed (byte* source = &images[0])
        fixed (float* target = &output[0])
        {
            for (int i = range.Start; i < range.End; i += range.Step)
                target[i] = ToFloat(source[i]);
        }
    }

    private void Require(DeviceBuffer<byte> images, Shape shape, Tensor output)
    {
        output.Require(Device, nameof(output));
        if (shape.Rank != 4 || output.Shape.Rank != 4)
            throw new ArgumentException(
                $"A resampling needs [batch, channels, height, width], not {shape} and {output.Shape}.",
                nameof(output));
        images.Require(Device, shape.Count, nameof(images));
    }
}

/// <summary>What an <see cref="AffineResampling"/> takes for the brightness between pixels.</summary>
public enum Interpolation
{
    /// <summary>The cubic spline through all pixels: smooth and sharp.</summary>
    Cubic,

    /// <summary>A mean of the four nearest pixels, weighted by their distance: cheap, and a little blurred.</summary>
    Bilinear,
}

/// <summary>
/// One way to run <see cref="AffineResampling.Forward"/>; its arguments are checked before it is called.
/// </summary>
internal interface IAffineResamplingSchedule : IDisposable
{
    /// <summary>Resamples.</summary>
    void Forward(Bytes images, ArrayView<Pose> poses, Tensor output, ResampledSizes sizes);
}
