namespace Shapes;

/// <summary>What an image can show, in the order of the network's outputs.</summary>
internal enum ShapeKind
{
    Circle,
    Square,
    Triangle,
}

/// <summary>Draws gray images of one shape each, of any position, size and angle, with noise.</summary>
internal sealed class ShapeImages(int seed)
{
    public const int Side = 32;
    public const int Pixels = Side * Side;

    private const float Noise = 0.1f;

    private readonly Random random = new(seed);

    /// <summary>Fills a batch of images, and their targets: for each a row with a 1 at its kind.</summary>
    public void Fill(float[] images, float[] targets)
    {
        int kinds = Enum.GetValues<ShapeKind>().Length;
        Array.Clear(targets);
        for (int i = 0; i < images.Length / Pixels; i++)
        {
            var kind = (ShapeKind)random.Next(kinds);
            Draw(kind, images.AsSpan(i * Pixels, Pixels));
            targets[(i * kinds) + (int)kind] = 1f;
        }
    }

    private void Draw(ShapeKind kind, Span<float> image)
    {
        float radius = Between(6f, 12f);
        float x = Between(radius, Side - radius);
        float y = Between(radius, Side - radius);
        (float sine, float cosine) = MathF.SinCos(Between(0f, MathF.Tau));
        float brightness = Between(0.5f, 1f);
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                float across = (cosine * (column - x)) + (sine * (row - y));
                float along = (cosine * (row - y)) - (sine * (column - x));
                float light = Contains(kind, across / radius, along / radius) ? brightness : 0f;
                image[(row * Side) + column] = light + Between(-Noise, Noise);
            }
        }
    }

    /// <summary>True inside the shape that touches the circle of radius 1.</summary>
    private static bool Contains(ShapeKind kind, float x, float y) => kind switch
    {
        ShapeKind.Circle => (x * x) + (y * y) < 0.7f, // about as large as the square, so that size tells nothing
        ShapeKind.Square => MathF.Max(MathF.Abs(x), MathF.Abs(y)) < MathF.Sqrt(0.5f),
        _ => y > -0.5f && y < 1f - (MathF.Sqrt(3f) * MathF.Abs(x)),
    };

    private float Between(float low, float high) => low + ((high - low) * random.NextSingle());
}
