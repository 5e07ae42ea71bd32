namespace GalaxyNet.Train;

/// <summary>Draws a galaxy from its traits, in the look of the Sloan Digital Sky Survey.</summary>
/// <remarks>
/// The profiles are the textbook's: disks fall off as exp(-r/h) (Freeman 1970), bulges and ellipticals as
/// exp(-b (r/R)^(1/n)) with n = 2 (Sersic 1963), edge-on disks as sech^2 across (van der Kruit and Searle 1981),
/// and arms are logarithmic spirals. The other numbers are chosen by eye.
/// </remarks>
internal sealed partial class GalaxyPainter
{
    private const float Middle = SkyCanvas.ImageSide / 2f;

    private readonly SkyCanvas canvas = new();
    private readonly GalaxyTraits traits;
    private readonly Random random;
    private readonly Placement center;
    private readonly float scale; // of the exponential disk, in pixels
    private readonly float light; // how bright the galaxy is
    private readonly float seeing; // the blur of the air, in pixels

    private GalaxyPainter(GalaxyTraits traits, Random random)
    {
        this.traits = traits;
        this.random = random;
        center = new Placement(Middle + random.Between(-3, 3), Middle + random.Between(-3, 3), traits.Angle);
        scale = traits.Radius / 4;
        light = random.Between(0.75f, 1.2f);
        seeing = random.Between(2.6f, 4.4f);
    }

    /// <summary>Draws a galaxy of 424x424 RGB pixels.</summary>
    /// <param name="traits">How it looks.</param>
    /// <param name="random">For all that no question is about: the stars around it, the noise of the sky.</param>
    public static Image Paint(GalaxyTraits traits, Random random)
    {
        var painter = new GalaxyPainter(traits, random);
        painter.PaintSubject();
        painter.PaintField();
        return painter.canvas.Expose();
    }

    private void PaintSubject()
    {
        if (traits.IsStar)
            PaintBrightStar();
        else if (traits.StrengthOf(Oddity.Irregular) > 0)
            PaintClumps();
        else if (traits.IsEdgeOn)
            PaintEdgeOn();
        else if (traits.Disk > 0.3f)
            PaintDisk();
        else
            PaintSpheroid(center, traits.Radius, traits.AxisRatio, 0.75f * light, StarColor.OfAge(traits.Blueness));
        if (traits.OddStrength > 0)
            PaintOddity();
    }

    /// <summary>A bulge or an elliptical galaxy, which is lost in the sky at about <paramref name="radius"/>.</summary>
    private void PaintSpheroid(Placement pose, float radius, float axisRatio, float brightness, StarColor color)
    {
        const float steepness = 4.4f;
        canvas.Add(pose, color, radius * 2.5f, (u, v) =>
        {
            float across = v / axisRatio;
            float r = MathF.Sqrt((u * u) + (across * across) + (seeing * seeing));
            return brightness * MathF.Exp(-steepness * (MathF.Sqrt(r / radius) - MathF.Sqrt(seeing / radius)));
        });
    }

    private void PaintStar(Placement pose, float width, float brightness)
    {
        var color = StarColor.OfAge(random.Between(-0.7f, 1.6f));
        canvas.Add(pose, color, width * 7, (u, v) =>
        {
            float r = ((u * u) + (v * v)) / (width * width);
            return brightness * ((0.95f * MathF.Exp(-r)) + (0.05f * MathF.Exp(-r / 6)));
        });
    }

    private void PaintBlob(Placement pose, float width, float brightness, StarColor color) =>
        canvas.Add(pose, color, width * 3, (u, v) => brightness * MathF.Exp(-((u * u) + (v * v)) / (width * width)));

    /// <summary>A pose at a distance along and across the direction of another.</summary>
    private static Placement Around(Placement pose, float along, float across)
    {
        (float sine, float cosine) = MathF.SinCos(pose.Angle);
        return pose with
        {
            X = pose.X + (along * cosine) - (across * sine),
            Y = pose.Y + (along * sine) + (across * cosine),
        };
    }
}
