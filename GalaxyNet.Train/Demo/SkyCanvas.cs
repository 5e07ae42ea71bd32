namespace GalaxyNet.Train;

/// <summary>A position on the canvas, in pixels of the finished image, and a direction, in radians.</summary>
internal readonly record struct Placement(float X, float Y, float Angle);

/// <summary>Light before it becomes an image: linear, unlimited, in red, green and blue; 1 is very bright.</summary>
/// <remarks>
/// It has half the finished image's resolution: the challenge's images were enlarged as well,
/// so there is nothing finer to see, and it costs a quarter.
/// </remarks>
internal sealed class SkyCanvas
{
    /// <summary>The width and height of the finished image, in pixels.</summary>
    public const int ImageSide = 424;

    private const int Side = ImageSide / 2;

    private readonly float[][] planes = [new float[Side * Side], new float[Side * Side], new float[Side * Side]];

    /// <summary>Adds something that shines.</summary>
    /// <param name="pose">Its center and the direction of its first axis.</param>
    /// <param name="color">Its color.</param>
    /// <param name="extent">How far from the center it is drawn, in pixels.</param>
    /// <param name="brightness">Its light at a distance along the first axis and across it, in pixels.</param>
    public void Add(Placement pose, StarColor color, float extent, Func<float, float, float> brightness)
    {
        (float sine, float cosine) = MathF.SinCos(pose.Angle);
        for (int row = First(pose.Y - extent); row < End(pose.Y + extent); row++)
        {
            float y = (2 * row) + 1 - pose.Y;
            for (int column = First(pose.X - extent); column < End(pose.X + extent); column++)
            {
                float x = (2 * column) + 1 - pose.X;
                float light = brightness((x * cosine) + (y * sine), (y * cosine) - (x * sine));
                int i = (row * Side) + column;
                planes[0][i] += light * color.Red;
                planes[1][i] += light * color.Green;
                planes[2][i] += light * color.Blue;
            }
        }
    }

    /// <summary>Adds the sky: an even glow, and noise in grains.</summary>
    /// <param name="random">Where the noise comes from.</param>
    /// <param name="glow">The even part.</param>
    /// <param name="noise">The standard deviation of the noise.</param>
    /// <param name="grain">The size of the telescope's pixels, in pixels of the finished image.</param>
    public void AddSky(Random random, StarColor glow, float noise, float grain)
    {
        float step = 2 / grain;
        int grains = (int)(Side * step) + 2;
        foreach ((float[] plane, float level) in planes.Zip([glow.Red, glow.Green, glow.Blue]))
        {
            var values = new float[grains * grains];
            for (int i = 0; i < values.Length; i++)
                values[i] = level + (noise * random.Bell());
            for (int i = 0; i < plane.Length; i++)
                plane[i] += Between(values, grains, i % Side * step, i / Side * step);
        }
    }

    /// <summary>
    /// Makes the image. Like those of SDSS (Lupton et al. 2004) it shows faint and bright light together, in color.
    /// </summary>
    public Image Expose()
    {
        const float softening = 15; // bright light grows logarithmically, faint light linearly
        float scale = 255 / MathF.Asinh(softening);
        for (int i = 0; i < Side * Side; i++)
        {
            float light = (planes[0][i] + planes[1][i] + planes[2][i]) / 3;
            float factor = light == 0 ? 0 : scale * MathF.Asinh(softening * light) / light;
            foreach (float[] plane in planes)
                plane[i] *= factor;
        }
        return Enlarge();
    }

    private Image Enlarge()
    {
        var image = new Image(ImageSide, ImageSide, planes.Length);
        var line = new float[Side + 2]; // a row of the canvas, with its ends repeated
        for (int channel = 0; channel < planes.Length; channel++)
        {
            for (int y = 0; y < ImageSide; y++)
            {
                var own = planes[channel].AsSpan(y / 2 * Side, Side);
                var other = planes[channel].AsSpan(Math.Clamp(Neighbor(y), 0, Side - 1) * Side, Side);
                for (int x = 0; x < Side; x++)
                    line[x + 1] = (0.75f * own[x]) + (0.25f * other[x]);
                (line[0], line[^1]) = (line[1], line[^2]);
                var row = image.Row(y);
                for (int x = 0; x < ImageSide; x++)
                {
                    float value = (0.75f * line[(x / 2) + 1]) + (0.25f * line[Neighbor(x) + 1]);
                    row[(x * planes.Length) + channel] = (byte)Math.Clamp(value, 0, 255);
                }
            }
        }
        return image;
    }

    /// <summary>
    /// The second nearest canvas pixel: an image's pixel is a quarter of one away from the center of its own.
    /// </summary>
    private static int Neighbor(int pixel) => (pixel / 2) + (pixel % 2 * 2) - 1;

    private static float Between(float[] values, int width, float x, float y)
    {
        (int column, int row) = ((int)x, (int)y);
        (float right, float below) = (x - column, y - row);
        int i = (row * width) + column;
        float upper = values[i] + ((values[i + 1] - values[i]) * right);
        float lower = values[i + width] + ((values[i + width + 1] - values[i + width]) * right);
        return upper + ((lower - upper) * below);
    }

    private static int First(float position) => Math.Clamp((int)(position / 2), 0, Side);

    private static int End(float position) => Math.Clamp((int)(position / 2) + 1, 0, Side);
}
