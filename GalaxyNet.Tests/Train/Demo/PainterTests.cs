namespace GalaxyNet.Tests;

/// <summary>The demo's galaxies: votes follow the tree and the drawing, and the drawings are usable images.</summary>
[TestFixture]
internal sealed class PainterTests
{
    private static readonly GalaxyTraits Elliptical = new() { AxisRatio = 0.9f, Bulge = 1 };

    private static readonly GalaxyTraits Spiral = new()
    {
        Radius = 90,
        AxisRatio = 0.9f,
        Disk = 0.95f,
        Arms = 0.9f,
        ArmCount = 3,
        Pitch = 32,
        Bulge = 0.3f,
        Blueness = 0.8f,
    };

    private static readonly GalaxyTraits EdgeOn =
        new() { Radius = 90, AxisRatio = 0.15f, Disk = 0.9f, IsEdgeOn = true };

    private static IEnumerable<Oddity> Oddities => Enum.GetValues<Oddity>();

    [Test]
    public void VotesAddUpDownTheTree()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            float[] votes = GalaxyVotes.For(GalaxyTraits.Random(new Random(seed)));
            Assert.That(votes, Has.Length.EqualTo(DecisionTree.ClassCount).And.All.InRange(0f, 1f));
            foreach (var question in DecisionTree.Questions)
            {
                float asked = question.AskedAfter is { } parent ? Vote(votes, parent) : 1;
                Assert.That(question.ClassNames.Sum(name => Vote(votes, name)), Is.EqualTo(asked).Within(1e-5));
            }
        }
    }

    [Test]
    public void VotesFollowTheTraits()
    {
        AssertMost(Elliptical, "Class1.1", "Class7.1", "Class6.2");
        AssertMost(Elliptical with { AxisRatio = 0.6f }, "Class7.2");
        AssertMost(Elliptical with { AxisRatio = 0.3f }, "Class7.3");
        AssertMost(Spiral, "Class1.2", "Class2.2", "Class3.2", "Class4.1", "Class5.2", "Class10.3", "Class11.3");
        AssertMost(Spiral with { Arms = 0, Bar = 1 }, "Class3.1", "Class4.2");
        AssertMost(Spiral with { Pitch = 9, ArmCount = 5 }, "Class10.1", "Class11.5");
        AssertMost(EdgeOn, "Class2.1", "Class9.3");
        AssertMost(EdgeOn with { Bulge = 0.7f }, "Class9.1");
        AssertMost(EdgeOn with { Bulge = 0.7f, IsBoxy = true }, "Class9.2");
        AssertMost(new GalaxyTraits { IsStar = true }, "Class1.3");
    }

    [TestCaseSource(nameof(Oddities))]
    public void OdditiesAreVotedForAndSeen(Oddity oddity)
    {
        var plain = oddity == Oddity.DustLane ? EdgeOn : Spiral;
        var odd = plain with { Oddity = oddity, OddStrength = 1 };
        AssertMost(odd, "Class6.1", $"Class8.{(int)oddity + 1}");
        Assert.That(Difference(Paint(odd, 5), Paint(plain, 5)), Is.GreaterThan(0.2));
    }

    [Test]
    public void TheSameSeedPaintsTheSameImage()
    {
        Assert.That(Paint(Spiral, 1).Pixels, Is.EqualTo(Paint(Spiral, 1).Pixels));
        Assert.That(Paint(Spiral, 1).Pixels, Is.Not.EqualTo(Paint(Spiral, 2).Pixels));
    }

    [Test]
    public void TheShapeIsTheTraits()
    {
        foreach (float axisRatio in new[] { 0.3f, 0.6f, 1f })
        {
            var box = GalaxyCrop.Tight.FindGalaxy(Paint(Elliptical with { AxisRatio = axisRatio }, 3))!.Value;
            Assert.That(box.Height / (double)box.Width, Is.EqualTo(axisRatio).Within(0.1));
        }
    }

    [Test]
    public void EveryGalaxyIsFoundInTheMiddleOfItsImage()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var image = GalaxyPainter.Paint(GalaxyTraits.Random(random), random);
            Assert.That((image.Width, image.Height, image.Channels), Is.EqualTo((424, 424, 3)));
            var box = GalaxyCrop.Wide.FindGalaxy(image)!.Value;
            Assert.That(box.X + (box.Width / 2), Is.EqualTo(212).Within(60), $"seed {seed}");
            Assert.That(box.Y + (box.Height / 2), Is.EqualTo(212).Within(60), $"seed {seed}");
        }
    }

    [Test]
    public void TheDemosFolderIsAChallengesFolder()
    {
        using var folder = new TemporaryFolder();
        int done = 0;
        DemoGalaxies.Write(folder.Path("one"), 12, seed: 4, (_, _) => Interlocked.Increment(ref done));
        DemoGalaxies.Write(folder.Path("two"), 12, seed: 4);
        var one = GalaxyDataset.Load(GalaxyFolder.Open(folder.Path("one")), GalaxyCrop.Wide, 64);
        var two = GalaxyDataset.Load(GalaxyFolder.Open(folder.Path("two")), GalaxyCrop.Wide, 64);
        Assert.That((done, one.Count), Is.EqualTo((12, 12)));
        Assert.That(one.Images.Pixels.ToArray(), Is.EqualTo(two.Images.Pixels.ToArray()));
        Assert.That(one.Targets, Is.EqualTo(two.Targets));
    }

    [Test]
    public void AFolderThatCannotBeWrittenIsNamed()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", "");
        Assert.That(
            () => DemoGalaxies.Write(file, 2, seed: 1),
            Throws.TypeOf<OutputException>().With.Message.Contains(file));
    }

    private static Image Paint(GalaxyTraits traits, int seed) => GalaxyPainter.Paint(traits, new Random(seed));

    private static double Difference(Image one, Image other) =>
        one.Pixels.Zip(other.Pixels, (a, b) => Math.Abs(a - b)).Average();

    private static float Vote(float[] votes, string className) => votes[DecisionTree.IndexOf(className)];

    /// <summary>Each of the classes has the most votes of its question.</summary>
    private static void AssertMost(GalaxyTraits traits, params string[] classNames)
    {
        float[] votes = GalaxyVotes.For(traits);
        foreach (string name in classNames)
        {
            var question = DecisionTree.Questions.Single(candidate => candidate.ClassNames.Contains(name));
            Assert.That(question.ClassNames.MaxBy(other => Vote(votes, other)), Is.EqualTo(name));
        }
    }
}
