namespace GalaxyNet.Train;

/// <summary>Draws a galaxy beside bars of all answers: a few pixels each, drawn in no time.</summary>
internal static class AnswerBars
{
    /// <summary>What the picture shows, in words.</summary>
    public const string Description =
        "The galaxy as it is cut out for the network, and a pair of bars for each of the 37 answers, from Class1.1 at "
        + "the top to Class11.6: blue what the network predicts, gray what the volunteers voted, where that is known.";

    private const int Longest = 120;
    private const int Thickness = 2;
    private const int Distance = (2 * Thickness) + 1;
    private const int Margin = 8;
    private const int Height = DecisionTree.ClassCount * Distance;

    private static readonly (byte Red, byte Green, byte Blue) Predicted = (40, 110, 220);
    private static readonly (byte Red, byte Green, byte Blue) Voted = (150, 150, 150);

    /// <summary>Draws them.</summary>
    /// <param name="galaxy">The galaxy's image, which becomes larger by a whole number.</param>
    /// <param name="predicted">The 37 vote fractions that the network predicts.</param>
    /// <param name="voted">Those of the volunteers; NaN where one is not known.</param>
    public static Image Draw(Image galaxy, ReadOnlySpan<float> predicted, ReadOnlySpan<float> voted)
    {
        int scale = Math.Max(1, Height / galaxy.Height);
        int left = (scale * galaxy.Width) + Margin;
        var picture = new Image(left + Longest, Math.Max(Height, scale * galaxy.Height), channels: 3);
        picture.Pixels.AsSpan().Fill(byte.MaxValue);
        for (int y = 0; y < scale * galaxy.Height; y++)
        {
            for (int x = 0; x < scale * galaxy.Width; x++)
            {
                var pixel = galaxy.Row(y / scale).Slice(x / scale * galaxy.Channels, galaxy.Channels);
                Paint(picture, x, y, (pixel[0], pixel[1 % pixel.Length], pixel[^1]));
            }
        }
        for (int answer = 0; answer < DecisionTree.ClassCount; answer++)
        {
            DrawBar(picture, left, answer * Distance, predicted[answer], Predicted);
            DrawBar(picture, left, (answer * Distance) + Thickness, voted[answer], Voted);
        }
        return picture;
    }

    private static void DrawBar(
        Image picture, int left, int top, float share, (byte Red, byte Green, byte Blue) color)
    {
        int length = float.IsNaN(share) ? 0 : (int)MathF.Round(Longest * Math.Clamp(share, 0, 1));
        for (int y = top; y < top + Thickness; y++)
        {
            for (int x = left; x < left + length; x++)
                Paint(picture, x, y, color);
        }
    }

    private static void Paint(Image picture, int x, int y, (byte Red, byte Green, byte Blue) color)
    {
        var pixel = picture.Row(y).Slice(3 * x, 3);
        (pixel[0], pixel[1], pixel[2]) = color;
    }
}
