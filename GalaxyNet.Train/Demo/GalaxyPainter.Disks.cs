namespace GalaxyNet.Train;

/// <content>Disks, from above and from their side.</content>
internal sealed partial class GalaxyPainter
{
    private void PaintDisk()
    {
        float brightness = 0.34f * light * (1 - (0.75f * traits.Arms));
        canvas.Add(center, StarColor.OfAge(traits.Blueness * 0.85f), traits.Radius * 1.6f, (u, v) =>
            brightness * MathF.Exp(-DiskRadius(u, v) / scale));
        if (traits.Arms > 0)
            PaintArms();
        if (traits.Bar > 0)
            PaintBar();
        if (traits.Bulge > 0.1f)
            PaintSpheroid(
                center,
                traits.Radius * (0.15f + (0.4f * traits.Bulge)),
                MathF.Max(traits.AxisRatio, 0.75f),
                light * (0.2f + (0.5f * traits.Bulge)),
                StarColor.OfAge(0.1f));
    }

    private void PaintArms()
    {
        const float sharpness = 1.5f;
        float handedness = random.Next(2) == 0 ? 1 : -1;
        float phase = random.Between(0, 2 * MathF.PI);
        float brightness = 0.88f * light * traits.Arms;
        canvas.Add(center, StarColor.OfAge(traits.Blueness + 0.15f), traits.Radius * 1.6f, (u, v) =>
        {
            float r = DiskRadius(u, v);
            float turn = (handedness * MathF.Atan2(v / traits.AxisRatio, u)) + phase;
            float wave = MathF.Cos(traits.ArmCount * (turn - ArmTurn(r))) - 1;
            float outside = r / (r + (1.1f * scale)); // arms begin outside of the bulge
            return brightness * outside * MathF.Exp((sharpness * wave) - (r / (1.15f * scale)));
        });
        PaintKnots(handedness, phase);
    }

    /// <summary>The azimuth of a logarithmic spiral at a radius.</summary>
    private float ArmTurn(float r) => MathF.Log((r / scale) + 0.15f) / MathF.Tan(traits.Pitch * MathF.PI / 180);

    /// <summary>
    /// The distance from the center in the plane of the disk, which is lopsided if the galaxy is disturbed.
    /// </summary>
    private float DiskRadius(float u, float v)
    {
        float lopsided = 0.9f * traits.StrengthOf(Oddity.Disturbed);
        float along = u - (lopsided * 0.25f * traits.Radius);
        float across = v / traits.AxisRatio;
        float r = MathF.Sqrt((along * along) + (across * across));
        return r * (1 + (lopsided * 0.35f * along / (r + scale)));
    }

    /// <summary>Clusters of young stars along the arms.</summary>
    private void PaintKnots(float handedness, float phase)
    {
        int count = (int)(22 * traits.Arms * traits.Blueness);
        for (int i = 0; i < count; i++)
        {
            float r = scale * random.Between(0.8f, 3.2f);
            float arm = random.Next(traits.ArmCount) * 2 * MathF.PI / traits.ArmCount;
            float turn = handedness * (arm - phase + ArmTurn(r) + (0.12f * random.Bell()));
            (float sine, float cosine) = MathF.SinCos(turn);
            PaintBlob(
                Around(center, r * cosine, r * sine * traits.AxisRatio),
                random.Between(1.6f, 3.2f),
                0.14f * light * MathF.Exp(-r / (2.5f * scale)),
                StarColor.OfAge(1.15f));
        }
    }

    private void PaintBar()
    {
        float length = scale * 1.5f;
        float width = scale * 0.36f;
        float turn = random.Between(0, MathF.PI);
        (float sine, float cosine) = MathF.SinCos(turn);
        canvas.Add(center, StarColor.OfAge(0.2f), length * 2.2f, (u, v) =>
        {
            float across = v / traits.AxisRatio;
            float x = ((u * cosine) + (across * sine)) / length;
            float y = ((across * cosine) - (u * sine)) / width;
            return 0.3f * light * traits.Bar * MathF.Exp(-(x * x * x * x) - (0.5f * y * y));
        });
    }

    private void PaintEdgeOn()
    {
        float height = traits.Radius * traits.AxisRatio * 0.5f;
        float bend = 0.35f * traits.StrengthOf(Oddity.Disturbed) / traits.Radius;
        canvas.Add(center, StarColor.OfAge(traits.Blueness), traits.Radius * 1.6f, (u, v) =>
        {
            float bent = v - (bend * u * u);
            float across = 1 / MathF.Cosh(bent / height);
            float along = MathF.Sqrt(MathF.Abs(u * u * u) / traits.Radius) / (0.85f * scale);
            return 0.42f * light * Dust(bent, height) * across * across * MathF.Exp(-along);
        });
        if (traits.Bulge > 0.15f)
            PaintEdgeOnBulge(height);
    }

    private void PaintEdgeOnBulge(float height)
    {
        float size = traits.Radius * (0.06f + (0.14f * traits.Bulge));
        float power = traits.IsBoxy ? 4 : 2; // of the superellipse
        canvas.Add(center, StarColor.OfAge(0.1f), size * 5, (u, v) =>
        {
            float along = MathF.Pow(MathF.Abs(u) / size, power);
            float across = MathF.Pow(MathF.Abs(v) / (0.75f * size), power);
            return 0.6f * light * Dust(v, height) * MathF.Exp(-1.3f * MathF.Pow(along + across, 1 / power));
        });
    }

    /// <summary>How much light a dust lane lets through.</summary>
    private float Dust(float across, float height)
    {
        float depth = across / (height * 0.4f);
        return 1 - (0.85f * traits.StrengthOf(Oddity.DustLane) * MathF.Exp(-0.5f * depth * depth));
    }
}
