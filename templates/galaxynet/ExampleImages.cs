using StbImageWriteSharp;

namespace ImageClassifier;

/// <summary>Draws galaxies of three classes, for a first run without images of one's own.</summary>
internal static class ExampleImages
{
    private const int Side = 64;
    private const int ImagesOfClass = 120;

    /// <summary>How bright a galaxy is at a distance from its center and at an angle, both in its plane.</summary>
    private delegate float Light(float distance, float angle);

    /// <summary>Writes a folder for each class.</summary>
    public static void Draw(string folder, Random random)
    {
        foreach (string name in (string[])["edge-on", "elliptical", "spiral"])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            for (int i = 0; i < ImagesOfClass; i++)
            {
                using var file = File.Create(Path.Combine(folder, name, $"{i:D3}.png"));
                new ImageWriter().WritePng(DrawOne(name, random), Side, Side, ColorComponents.RedGreenBlue, file);
            }
        }
    }

    private static byte[] DrawOne(string name, Random random) => name switch
    {
        "edge-on" => Draw(Between(random, 0.1f, 0.25f), (r, _) => MathF.Exp(-r), random),
        "elliptical" => Draw(Between(random, 0.6f, 1f), (r, _) => 2f * MathF.Exp(-2.5f * MathF.Sqrt(r)), random),
        _ => Draw(Between(random, 0.5f, 1f), Spiral(random), random),
    };

    /// <summary>Two arms that wind around the center as logarithmic spirals, one way or the other.</summary>
    private static Light Spiral(Random random)
    {
        float winding = Between(random, 2f, 3f) * (random.Next(2) == 0 ? 1f : -1f);
        return (r, angle) =>
            MathF.Exp(-r) * (0.3f + MathF.Pow(MathF.Cos(angle - (winding * MathF.Log(r + 0.1f))), 4f));
    }

    /// <summary>A galaxy of any size, place, direction and color, with noise.</summary>
    private static byte[] Draw(float axisRatio, Light light, Random random)
    {
        var pixels = new byte[Side * Side * 3];
        float size = Between(random, 7f, 11f);
        (float sine, float cosine) = MathF.SinCos(Between(random, 0f, MathF.Tau));
        var (centerX, centerY) = (Between(random, 28f, 36f), Between(random, 28f, 36f));
        float[] color = [Between(random, 0.7f, 1f), 0.8f, Between(random, 0.7f, 1f)];
        for (int i = 0; i < pixels.Length; i++)
        {
            var (dx, dy) = ((i / 3 % Side) - centerX, (i / 3 / Side) - centerY);
            float along = ((cosine * dx) + (sine * dy)) / size;
            float across = ((cosine * dy) - (sine * dx)) / (size * axisRatio);
            float distance = MathF.Sqrt((along * along) + (across * across));
            float value = color[i % 3] * light(distance, MathF.Atan2(across, along)) + Between(random, 0f, 0.1f);
            pixels[i] = (byte)(255f * MathF.Min(value, 1f));
        }
        return pixels;
    }

    private static float Between(Random random, float low, float high) => low + ((high - low) * random.NextSingle());
}
