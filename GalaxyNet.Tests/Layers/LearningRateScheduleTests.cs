namespace GalaxyNet.Tests;

/// <summary>The learning rate from step to step.</summary>
[TestFixture]
internal sealed class LearningRateScheduleTests
{
    [Test]
    public void TheNotebooksRateStays() =>
        Assert.That(Rates(new(0.5f, LearningRateDecay.Constant, 0, 3), 4), Is.All.EqualTo(0.5f));

    [Test]
    public void AWarmUpClimbsToThePeak() => Assert.That(
        Rates(new(0.5f, LearningRateDecay.Constant, 4, 6), 6),
        Is.EqualTo([0.125f, 0.25f, 0.375f, 0.5f, 0.5f, 0.5f]).Within(1e-7f));

    [Test]
    public void TheCosineFallsFromThePeakToZero() => Assert.That(
        Rates(new(2f, LearningRateDecay.Cosine, 2, 6), 8),
        Is.EqualTo([1f, 2f, 2f, 1.7071068f, 1f, 0.2928932f, 0f, 0f]).Within(1e-6f));

    [Test]
    public void AWarmUpMayFillTheWholeRun() => Assert.That(
        Rates(new(1f, LearningRateDecay.Cosine, 4, 2), 2), Is.EqualTo([0.25f, 0.5f]).Within(1e-7f));

    private static float[] Rates(LearningRateSchedule schedule, int steps) =>
        [.. Enumerable.Range(0, steps).Select(step => schedule.At(step))];
}
