using ILGPU.Runtime;

namespace GalaxyNet.Kernels;

/// <summary>Converts images of bytes to floats from 0 to 1, mirrored and rotated about their center.</summary>
/// <remarks>
/// What <c>scipy.ndimage.rotate(image / 255, angle, reshape=False)</c> does. For each pixel (i, j) of the output,
/// with the center (ci, cj) = ((height - 1) / 2, (width - 1) / 2), the position
///
/// y = ci + cos(angle) (i - ci) + sin(angle) (j - cj)
/// x = cj - sin(angle) (i - ci) + cos(angle) (j - cj)
///
/// is looked up in the cubic spline through the input's pixels: see <see cref="CubicSpline"/>. (With
/// <see cref="Interpolation.Bilinear"/> it is what SciPy does with <c>order=1</c>: see <see cref="BilinearRotation"/>.)
/// A position outside [0, height - 1] x [0, width - 1] gives 0: corners that rotate out of the image are lost. In an
/// image that is mirrored first, the position is (y, width - 1 - x).
///
/// Positions are whole multiples of 2^-41 pixels. So all devices agree on what lies outside, and a position on the
/// center of a pixel is exactly there, and takes the pixel unchanged. Rotations by multiples of 90 degrees only move
/// pixels, mirrored or not.
/// </remarks>
public sealed class Rotation : DisposableOperation
{
    private readonly DeviceBuffer<long> cosines;
    private readonly IRotationSchedule schedule;
    private readonly Action<KernelConfig, Bytes, Floats> convert;

    /// <summary>Prepares it for a device; a kernel is compiled when it is first launched.</summary>
    /// <param name="device">Where to run.</param>
    /// <param name="interpolation">What to take for the brightness between pixels.</param>
    public Rotation(Device device, Interpolation interpolation = Interpolation.Cubic)
        : base(device)
    {
        cosines = device.AllocateBuffer<long>(
            [
                .. from degrees in Enumerable.Range(0, RotationAngle.FullCircle)
                   select AxisPosition.ToFixed(Math.Cos(degrees * Math.PI / 180)),
            ]);
        convert = device.Load<Bytes, Floats>(ConvertKernel);
        schedule = interpolation == Interpolation.Bilinear ? new BilinearRotation(device)
            : device.Schedule == Schedule.Cpu ? new RotationCpu(device)
            : new RotationGpu(device);
    }

    /// <summary>Rotates each image in its own way.</summary>
    /// <param name="images">Bytes [batch, channels, height, width].</param>
    /// <param name="orientations">How: [batch].</param>
    /// <param name="output">The result [batch, channels, height, width].</param>
    public void Forward(DeviceBuffer<byte> images, DeviceBuffer<Orientation> orientations, Tensor output)
    {
        Require(images, output);
        orientations.Require(Device, output.Shape[0], nameof(orientations));
        schedule.Forward(images.View, orientations.View, cosines.View, output);
    }

    /// <summary>image / 255, not rotated.</summary>
    /// <param name="images">Bytes [batch, channels, height, width].</param>
    /// <param name="output">The result [batch, channels, height, width].</param>
    public void Convert(DeviceBuffer<byte> images, Tensor output)
    {
        Require(images, output);
        convert(Device.Loop(output.Count), images.View, output.Data);
    }

    internal static float ToFloat(byte value) => value / 255f;

    private protected override void Free()
    {
        cosines.Dispose();
        schedule.Dispose();
    }

    [Kernel("rotation", Schedule.Shared)]
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

    private void Require(DeviceBuffer<byte> images, Tensor output)
    {
        output.Require(Device, nameof(output));
        if (output.Shape.Rank != 4)
            throw new ArgumentException(
                $"Rotation needs [batch, channels, height, width], not {output.Shape}.", nameof(output));
        images.Require(Device, output.Count, nameof(images));
    }
}

/// <summary>What a <see cref="Rotation"/> takes for the brightness between pixels.</summary>
public enum Interpolation
{
    /// <summary>The cubic spline through all pixels: smooth and sharp.</summary>
    Cubic,

    /// <summary>A mean of the four nearest pixels, weighted by their distance: cheap, and a little blurred.</summary>
    Bilinear,
}

/// <summary>What a <see cref="Rotation"/> does to an image: mirror it, if at all, and then rotate it.</summary>
public readonly record struct Orientation
{
    private readonly int mirror; // kernels take no bool from memory

    /// <summary>Makes one.</summary>
    /// <param name="degrees">
    /// Whole degrees, of any size and sign; counterclockwise if row 0 is the top of the image.
    /// </param>
    /// <param name="isMirrored">True to swap left and right before the rotation.</param>
    public Orientation(int degrees, bool isMirrored = false)
    {
        Degrees = degrees;
        mirror = isMirrored ? 1 : 0;
    }

    /// <summary>The angle.</summary>
    public int Degrees { get; }

    /// <summary>True if left and right are swapped.</summary>
    public bool IsMirrored => mirror != 0;
}

/// <summary>One way to run <see cref="Rotation.Forward"/>; its arguments are checked before it is called.</summary>
internal interface IRotationSchedule : IDisposable
{
    /// <summary>Rotates; <see cref="RotationAngle"/> looks the angles up in <paramref name="cosines"/>.</summary>
    void Forward(
        Bytes images, ArrayView<Orientation> orientations, ArrayView<long> cosines, Tensor output);
}
