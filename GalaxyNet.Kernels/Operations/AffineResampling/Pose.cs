namespace GalaxyNet.Kernels;

/// <summary>
/// How an <see cref="AffineResampling"/> shows an image: mirrored or not, rotated, zoomed, about which point; how
/// bright, and in what tint.
/// </summary>
/// <remarks>
/// What decides which point of the input is shown where is in fixed point, so that all devices agree. The default value
/// is of no use, for it shows black; <see cref="AsIs"/> shows the image as it is.
/// </remarks>
public readonly record struct Pose
{
    /// <summary>The largest zoom. The smallest is 1 / 16.</summary>
    public const double MostZoom = 16;

    private const int FullCircle = 360;
    private readonly int mirrorSign; // kernels take no bool from memory

    /// <summary>Makes one.</summary>
    /// <param name="degrees">
    /// The angle, counterclockwise if row 0 is the top of the image. Multiples of 90 degrees are exact.
    /// </param>
    /// <param name="isMirrored">True to swap left and right before the rotation.</param>
    /// <param name="zoom">How many times as large the image is shown.</param>
    /// <param name="down">
    /// How far below the center of the input the point lies that is shown at the center of the output, in pixels of the
    /// input.
    /// </param>
    /// <param name="right">How far it lies to the right.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The zoom is not from 1 / 16 to 16, a shift is over 32768 pixels, or the angle is not finite.
    /// </exception>
    public Pose(double degrees, bool isMirrored = false, double zoom = 1, double down = 0, double right = 0)
    {
        if (zoom is not (>= 1 / MostZoom and <= MostZoom))
            throw new ArgumentOutOfRangeException(nameof(zoom), zoom, "A zoom is from 1 / 16 to 16.");
        if (!double.IsFinite(degrees))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "An angle is a finite number.");
        RequireShift(down, nameof(down));
        RequireShift(right, nameof(right));
        double angle = degrees - (FullCircle * Math.Floor(degrees / FullCircle));
        Cosine = AxisPosition.ToFixed(CosineOf(angle) / zoom);
        Sine = AxisPosition.ToFixed(CosineOf((angle + (FullCircle * 3 / 4)) % FullCircle) / zoom);
        TwiceDown = AxisPosition.ToFixed(2 * down);
        TwiceRight = AxisPosition.ToFixed(2 * right);
        mirrorSign = isMirrored ? -1 : 1;
    }

    /// <summary>The image as it is.</summary>
    public static Pose AsIs { get; } = new(degrees: 0);

    /// <summary>What all channels are multiplied by.</summary>
    public float Brightness { get; init; } = 1f;

    /// <summary>
    /// By how large a share the last channel is brighter and the first one darker; those between follow a straight
    /// line. In RGB, over 0 is bluer and under 0 redder.
    /// </summary>
    public float Tint { get; init; }

    /// <summary>The angle's cosine / zoom, in the fixed point of <see cref="AxisPosition"/>.</summary>
    internal long Cosine { get; }

    /// <summary>The angle's sine / zoom.</summary>
    internal long Sine { get; }

    /// <summary>Twice the shift downward.</summary>
    internal long TwiceDown { get; }

    /// <summary>Twice the shift to the right.</summary>
    internal long TwiceRight { get; }

    /// <summary>-1 where left and right are swapped, else 1.</summary>
    internal int MirrorSign => mirrorSign;

    /// <summary>What a channel is multiplied by.</summary>
    internal float GainOf(int channel, int channels)
    {
        float position = channels == 1 ? 0f : (2f * channel / (channels - 1)) - 1f; // from -1 to 1
        return Brightness * (1f + (Tint * position));
    }

    private static double CosineOf(double degrees) => Math.Cos(degrees * Math.PI / 180);

    private static void RequireShift(double pixels, string name)
    {
        const double most = 32768;
        if (pixels is not (>= -most and <= most))
            throw new ArgumentOutOfRangeException(name, pixels, "A shift is at most 32768 pixels.");
    }
}
