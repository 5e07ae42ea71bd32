namespace GalaxyNet.Train;

/// <content>What is not an ordinary galaxy.</content>
internal sealed partial class GalaxyPainter
{
    private void PaintOddity()
    {
        switch (traits.Oddity)
        {
            case Oddity.Ring:
                var young = StarColor.OfAge(traits.Blueness + 0.25f);
                PaintArc(traits.Radius * 0.62f, traits.AxisRatio, 2 * MathF.PI, 0.1f, young);
                break;
            case Oddity.Lens:
                PaintArc(traits.Radius * 0.7f, 1, random.Between(0.6f, 1.4f), 0.1f, StarColor.OfAge(1.2f));
                break;
            case Oddity.Disturbed when !traits.IsEdgeOn:
                PaintArc(traits.Radius * 0.8f, 0.8f, random.Between(0.8f, 1.4f), 0.05f, StarColor.OfAge(0.7f));
                break;
            case Oddity.Other:
                PaintStar(Around(center, random.Between(0.2f, 0.5f) * traits.Radius, 0), 1.3f * seeing, 1.5f);
                break;
            case Oddity.Merger:
                PaintCompanion();
                break;
        }
    }

    /// <summary>A part of a ring, or a whole one.</summary>
    private void PaintArc(float radius, float axisRatio, float span, float brightness, StarColor color)
    {
        float width = traits.Radius * 0.1f;
        canvas.Add(center, color, radius + (4 * width), (u, v) =>
        {
            float across = v / axisRatio;
            float distance = (MathF.Sqrt((u * u) + (across * across)) - radius) / width;
            float beyond = MathF.Max(MathF.Abs(MathF.Atan2(across, u)) - (span / 2), 0) * 4;
            float fading = MathF.Exp(-0.5f * ((distance * distance) + (beyond * beyond)));
            return brightness * light * traits.OddStrength * fading;
        });
    }

    private void PaintCompanion()
    {
        float distance = traits.Radius * random.Between(0.55f, 0.95f);
        (float sine, float cosine) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
        var pose = Around(center, distance * cosine, distance * sine) with { Angle = random.Between(0, MathF.PI) };
        float size = traits.Radius * random.Between(0.45f, 0.8f);
        PaintSpheroid(pose, size, random.Between(0.5f, 1), 0.65f * light, StarColor.OfAge(random.Between(0, 0.5f)));
        // The bridge of stars between the two.
        var between = Around(center, distance * cosine / 2, distance * sine / 2);
        between = between with { Angle = center.Angle + MathF.Atan2(sine, cosine) };
        canvas.Add(between, StarColor.OfAge(0.5f), distance * 2, (u, v) =>
        {
            float along = u / distance;
            float across = (v - (0.15f * distance * MathF.Sin(3 * along))) / (0.2f * distance);
            return 0.045f * traits.OddStrength * MathF.Exp(-(along * along) - (across * across));
        });
    }

    private void PaintClumps()
    {
        for (int i = 0; i < 9; i++)
        {
            float reach = traits.Radius * 0.3f;
            PaintBlob(
                Around(center, reach * random.Bell(), 0.7f * reach * random.Bell()),
                traits.Radius * random.Between(0.06f, 0.2f),
                random.Between(0.05f, 0.25f) * light,
                StarColor.OfAge(random.Between(0.6f, 1.1f)));
        }
    }

    private void PaintBrightStar()
    {
        PaintStar(center, 2.5f * seeing, 12);
        var spikes = center with { Angle = random.Between(0, MathF.PI) };
        canvas.Add(spikes, new StarColor(1.05f, 0.95f, 1.1f), traits.Radius * 1.5f, (u, v) =>
            0.5f * light * (Spike(u, v) + Spike(v, u)));

        float Spike(float along, float across) =>
            MathF.Exp(-(MathF.Abs(along) / (0.4f * traits.Radius)) - (across * across / 5));
    }
}
