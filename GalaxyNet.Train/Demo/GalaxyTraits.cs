namespace GalaxyNet.Train;

/// <summary>What can be odd about a galaxy: the answers to question 8, in their order.</summary>
internal enum Oddity
{
    Ring,
    Lens,
    Disturbed,
    Irregular,
    Other,
    Merger,
    DustLane,
}

/// <summary>
/// How one galaxy of the demo looks. The painter draws it from this, and <see cref="GalaxyVotes"/> votes on it.
/// </summary>
internal sealed record GalaxyTraits
{
    /// <summary>Not a galaxy at all: a bright star.</summary>
    public bool IsStar { get; init; }

    /// <summary>A disk seen from its side.</summary>
    public bool IsEdgeOn { get; init; }

    /// <summary>How clearly a disk is seen: 0 for a smooth spheroid, 1 for a disk beyond doubt.</summary>
    public float Disk { get; init; }

    /// <summary>Where the light falls to a few percent, along the major axis, in pixels of the image.</summary>
    public float Radius { get; init; } = 80;

    /// <summary>The direction of the major axis, in radians.</summary>
    public float Angle { get; init; }

    /// <summary>Minor axis / major axis as seen: 1 is round.</summary>
    public float AxisRatio { get; init; } = 1;

    /// <summary>The share of the bulge in the look of a disk: 0 for none, 1 for a dominant one.</summary>
    public float Bulge { get; init; }

    /// <summary>The bulge of an edge-on disk is a box.</summary>
    public bool IsBoxy { get; init; }

    /// <summary>0 for no bar, 1 for a clear one.</summary>
    public float Bar { get; init; }

    /// <summary>The contrast of the spiral arms: 0 for none.</summary>
    public float Arms { get; init; }

    /// <summary>How many arms there are, 1 to 5.</summary>
    public int ArmCount { get; init; } = 2;

    /// <summary>The pitch angle of the arms in degrees: small is tightly wound.</summary>
    public float Pitch { get; init; } = 20;

    /// <summary>The age of the stars by color: 0 for yellow, 1 for blue.</summary>
    public float Blueness { get; init; }

    /// <summary>What is odd, if <see cref="OddStrength"/> is above 0.</summary>
    public Oddity Oddity { get; init; }

    /// <summary>How odd it is: 0 for not at all.</summary>
    public float OddStrength { get; init; }

    /// <summary>How pronounced an oddity is: 0 if the galaxy has another one or none.</summary>
    public float StrengthOf(Oddity oddity) => Oddity == oddity ? OddStrength : 0;

    /// <summary>
    /// Draws the traits of a galaxy at random: about four in ten smooth, the others disks, one in four odd.
    /// </summary>
    public static GalaxyTraits Random(Random random)
    {
        var traits = new GalaxyTraits { Radius = random.Between(55, 110), Angle = random.Between(0, MathF.PI) };
        float kind = random.NextSingle();
        traits = kind switch
        {
            < 0.03f => traits with { IsStar = true },
            < 0.42f => Smooth(traits, random),
            < 0.60f => EdgeOn(traits, random),
            _ => FaceOn(traits, random),
        };
        return traits.IsStar || random.NextSingle() > 0.25f ? traits : Odd(traits, random);
    }

    private static GalaxyTraits Smooth(GalaxyTraits traits, Random random) => traits with
    {
        Disk = random.Between(0, 0.15f),
        AxisRatio = random.Between(0.28f, 1),
        Bulge = random.Between(0.6f, 1),
        Blueness = random.Between(0, 0.3f),
    };

    private static GalaxyTraits EdgeOn(GalaxyTraits traits, Random random) => traits with
    {
        IsEdgeOn = true,
        Disk = random.Between(0.55f, 1),
        AxisRatio = random.Between(0.13f, 0.26f),
        Bulge = random.Between(0, 0.8f),
        IsBoxy = random.NextSingle() < 0.25f,
        Blueness = random.Between(0.1f, 0.9f),
    };

    private static GalaxyTraits FaceOn(GalaxyTraits traits, Random random)
    {
        bool hasArms = random.NextSingle() < 0.75f;
        float arms = hasArms ? random.Between(0.4f, 1) : 0;
        float bar = random.NextSingle() < 0.35f ? random.Between(0.5f, 1) : 0;
        return traits with
        {
            Disk = 0.4f + (0.6f * MathF.Max(arms, bar * 0.8f)),
            AxisRatio = random.Between(0.45f, 1),
            Bulge = random.Between(0, 0.9f),
            Bar = bar,
            Arms = arms,
            ArmCount = random.NextSingle() switch { < 0.1f => 1, < 0.6f => 2, < 0.75f => 3, < 0.87f => 4, _ => 5 },
            Pitch = random.Between(8, 36),
            Blueness = random.Between(0.35f, 1),
        };
    }

    private static GalaxyTraits Odd(GalaxyTraits traits, Random random)
    {
        Oddity[] possible = traits switch
        {
            { IsEdgeOn: true } => [Oddity.DustLane, Oddity.DustLane, Oddity.Merger, Oddity.Disturbed],
            { Disk: < 0.3f } => [Oddity.Merger, Oddity.Merger, Oddity.Lens, Oddity.Ring, Oddity.Other],
            _ => [Oddity.Merger, Oddity.Merger, Oddity.Ring, Oddity.Disturbed, Oddity.Irregular, Oddity.Other],
        };
        traits = traits with
        {
            Oddity = possible[random.Next(possible.Length)],
            OddStrength = random.Between(0.5f, 1),
        };
        return traits.Oddity == Oddity.Irregular
            ? traits with { Arms = 0, Bar = 0, Bulge = 0, Disk = random.Between(0.5f, 0.8f), AxisRatio = 0.7f }
            : traits;
    }
}

/// <summary>Random numbers as the demo needs them.</summary>
internal static class RandomNumbers
{
    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, all as likely.</summary>
    public static float Between(this Random random, float low, float high) =>
        low + ((high - low) * random.NextSingle());

    /// <summary>A number around 0 of standard deviation 1, more likely near 0: the sum of two uniform ones.</summary>
    public static float Bell(this Random random)
    {
        const float deviation = 0.40825f; // of a sum of two numbers of variance 1/12
        return (random.NextSingle() + random.NextSingle() - 1) / deviation;
    }
}
