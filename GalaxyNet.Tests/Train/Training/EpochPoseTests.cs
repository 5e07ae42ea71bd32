namespace GalaxyNet.Tests;

/// <summary>How images are shown in training.</summary>
[TestFixture]
internal sealed class EpochPoseTests
{
    private const int Images = 1000;

    private static readonly TrainingSettings Plain = new();
    private static readonly TrainingSettings Flipping = new() { Flips = true };

    [Test]
    public void EveryWholeDegreeIsAboutAsLikely()
    {
        var degreesOf = Enumerable.Range(0, 360).ToDictionary(degrees => new Pose(degrees));
        int[] counts = new int[360];
        for (int image = 0; image < 360 * 100; image++)
            counts[degreesOf[EpochRandomness.PoseOf(Plain, epoch: 1, image)]]++;
        Assert.That(counts, Has.All.InRange(50, 150)); // five standard deviations
    }

    [Test]
    public void SeedEpochAndImageEachChangeThePose()
    {
        var poses = Poses(TrainingSettings.Best, 1);
        Assert.Multiple(() =>
        {
            Assert.That(Poses(TrainingSettings.Best, 1), Is.EqualTo(poses));
            Assert.That(Poses(TrainingSettings.Best with { Seed = 43 }, 1), Is.Not.EqualTo(poses));
            Assert.That(Poses(TrainingSettings.Best, 2), Is.Not.EqualTo(poses));
            Assert.That(poses.Distinct().Count(), Is.EqualTo(Images));
        });
    }

    [Test]
    public void FlipsLeaveTheAnglesAsTheyAreOrAddHalfATurn()
    {
        var still = Flipping with { Rotation = RotationMethod.None };
        var kinds = Poses(still, 1).CountBy(pose => pose).ToDictionary();
        Assert.That(
            kinds.Keys,
            Is.EquivalentTo(new[] { Pose.AsIs, new Pose(180), new Pose(0, isMirrored: true), new Pose(180, true) }));
        Assert.That(kinds.Values, Has.All.InRange(182, 318)); // 250 give or take five standard deviations
        foreach (var (flipped, turned) in Poses(Flipping, 1).Zip(Poses(Plain, 1)))
            Assert.That(Math.Abs(flipped.Cosine), Is.EqualTo(Math.Abs(turned.Cosine)).Within(1));
    }

    [Test]
    public void NothingIsDrawnThatTheSettingsDoNotAskFor() =>
        Assert.That(Poses(Plain with { Rotation = RotationMethod.None }, 1), Is.All.EqualTo(Pose.AsIs));

    [Test]
    public void ZoomShiftAndColorsStayInTheirRangesAndReachThem()
    {
        var settings = Plain with { Rotation = RotationMethod.None, Zoom = 1, Shift = 3, ColorJitter = 0.25f };
        var poses = Poses(settings, 1);
        double[] scales = Array.ConvertAll(poses, pose => pose.Cosine / (double)AxisPosition.ToFixed(1));
        AssertFills(scales, 0.5, 2);
        Assert.That(scales.Count(scale => scale < 1), Is.InRange(420, 580)); // as often larger as smaller
        AssertFills(Array.ConvertAll(poses, pose => pose.TwiceDown / (double)AxisPosition.ToFixed(2)), -3, 3);
        AssertFills(Array.ConvertAll(poses, pose => pose.TwiceRight / (double)AxisPosition.ToFixed(2)), -3, 3);
        AssertFills(Array.ConvertAll(poses, pose => (double)pose.Brightness), 0.75, 1.25);
        AssertFills(Array.ConvertAll(poses, pose => (double)pose.Tint), -0.25, 0.25);
    }

    private static void AssertFills(double[] drawn, double least, double most)
    {
        double margin = (most - least) / 50;
        Assert.That(drawn, Has.All.InRange(least, most));
        Assert.That(drawn.Min(), Is.LessThan(least + margin));
        Assert.That(drawn.Max(), Is.GreaterThan(most - margin));
    }

    private static Pose[] Poses(TrainingSettings settings, int epoch) =>
        [.. Enumerable.Range(0, Images).Select(image => EpochRandomness.PoseOf(settings, epoch, image))];
}
