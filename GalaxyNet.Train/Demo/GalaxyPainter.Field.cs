namespace GalaxyNet.Train;

/// <content>What lies around the galaxy: stars, far galaxies and the sky.</content>
internal sealed partial class GalaxyPainter
{
    private void PaintField()
    {
        int stars = random.Next(3, 14);
        for (int i = 0; i < stars; i++)
        {
            float brightness = 0.05f * MathF.Pow(random.NextSingle() + 0.03f, -1.1f);
            if (FieldPose() is { } pose)
                PaintStar(pose, seeing, brightness);
        }
        int galaxies = random.Next(0, 4);
        for (int i = 0; i < galaxies; i++)
        {
            if (FieldPose() is { } pose)
            {
                var color = StarColor.OfAge(random.Between(-0.2f, 0.4f));
                PaintSpheroid(pose, random.Between(8, 22), random.Between(0.4f, 1), 0.2f, color);
            }
        }
        float level = random.Between(0.6f, 1.4f);
        var glow = new StarColor(0.0042f * level, 0.0036f * level, 0.0022f * level);
        canvas.AddSky(random, glow, noise: 0.006f * level, grain: seeing * 0.9f);
    }

    /// <summary>A random pose in the image; null if it is on the galaxy.</summary>
    private Placement? FieldPose()
    {
        const float side = SkyCanvas.ImageSide;
        var pose = new Placement(random.Between(0, side), random.Between(0, side), random.Between(0, MathF.PI));
        float distance = MathF.Sqrt(MathF.Pow(pose.X - Middle, 2) + MathF.Pow(pose.Y - Middle, 2));
        return distance < traits.Radius * 1.15f ? null : pose;
    }
}
