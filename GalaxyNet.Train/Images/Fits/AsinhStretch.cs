namespace GalaxyNet.Train;

/// <summary>
/// Turns the numbers of a telescope into an image to look at, by the stretch of Lupton et al. 2004 (PASP 116, 133):
/// linear for what is as faint as the noise, logarithmic for what is bright, and colors stay what they are.
/// </summary>
/// <remarks>
/// Each band is first measured in units of its own sky: x = (value - level) / noise, from <see cref="Sky"/>. Then
/// <code>
/// I = ((r - m) + (g - m) + (b - m)) / 3
/// F(I) = arcsinh(α Q I) / Q
/// R = (r - m) F(I) / I
/// </code>
/// and so for G and B: 0 is black and 1 is white. If the largest of the three is above 1, all are divided by it. Below
/// m all is black. A single plane is r, g and b at once, so R = G = B = F(I).
///
/// The black point m, the scale α and the softening Q are the same for every image, as x is already in units of the
/// noise. They make a sky like that of the challenge's images: its median is 3 of 255 there, and its noise 5.
/// </remarks>
internal static class AsinhStretch
{
    /// <summary>m: what is black, in standard deviations of the sky above its level.</summary>
    public const double BlackPoint = -0.5;

    /// <summary>α: how bright a faint pixel gets for each standard deviation of the sky; 5 of 255.</summary>
    public const double Scale = 0.02;

    /// <summary>Q: the larger, the more are bright pixels dimmed; white is sinh(Q) / (α Q) = 742 deviations.</summary>
    public const double Softening = 5;

    private const double Farthest = 1e30; // in deviations: far beyond white, while sums of three stay finite

    private static readonly double White = Math.Sinh(Softening) / (Scale * Softening);

    /// <summary>Stretches an image.</summary>
    /// <returns>An RGB image; pixels without a value are as dark as the sky.</returns>
    /// <exception cref="InvalidDataException">No pixel of a band has a value.</exception>
    public static Image ToRgb(FitsImage image)
    {
        float[][] bands = [.. image.Planes.Select(InUnitsOfNoise)];
        var (red, green, blue) = (bands[0], bands[bands.Length / 2], bands[^1]);
        var rgb = new Image(image.Width, image.Height, channels: 3);
        for (int i = 0; i < red.Length; i++)
        {
            double mean = (red[i] + green[i] + blue[i]) / 3.0;
            if (mean <= 0)
                continue;
            double gain = Stretched(mean) / mean;
            double brightest = gain * Math.Max(red[i], Math.Max(green[i], blue[i]));
            gain *= byte.MaxValue / Math.Max(1, brightest);
            rgb.Pixels[3 * i] = ToByte(gain * red[i]);
            rgb.Pixels[(3 * i) + 1] = ToByte(gain * green[i]);
            rgb.Pixels[(3 * i) + 2] = ToByte(gain * blue[i]);
        }
        return rgb;
    }

    /// <summary>F(I): 0 to 1 for what is darker than white.</summary>
    /// <param name="mean">The mean of the bands above the black point, in standard deviations of the sky.</param>
    public static double Stretched(double mean) => Math.Asinh(Scale * Softening * mean) / Softening;

    /// <summary>The pixels above the black point, in standard deviations of the sky.</summary>
    private static float[] InUnitsOfNoise(double[] plane)
    {
        if (Sky.Of(plane) is not { } sky)
            throw new InvalidDataException("has no pixel with a value: all are blank, NaN or infinite");
        // Without noise, as in a simulation, the brightest pixel is white.
        double noise = sky.Noise > 0 ? sky.Noise : (plane.Where(double.IsFinite).Max() - sky.Level) / White;
        return noise > 0
            ? Array.ConvertAll(plane, value => double.IsFinite(value)
                ? (float)Math.Clamp(((value - sky.Level) / noise) - BlackPoint, -Farthest, Farthest)
                : (float)-BlackPoint)
            : new float[plane.Length];
    }

    private static byte ToByte(double level) => (byte)Math.Clamp(Math.Round(level), byte.MinValue, byte.MaxValue);
}
