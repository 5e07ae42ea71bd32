namespace GalaxyNet.Tests;

/// <summary>The time left for a whole run.</summary>
[TestFixture]
internal sealed class TimeLeftTests
{
    private static readonly TrainingProgress Finished =
        TrainingProgress.Start.AfterEpoch(new EpochResult(1, 0.1, 0.1, 100, Seconds: 65));

    [Test]
    public void EachEpochThatFollowsTakesAsLongAsTheLast() =>
        Assert.That(TimeLeft.After(epoch: 2, epochs: 5, Finished), Is.EqualTo(TimeSpan.FromSeconds(3 * 65)));

    [Test]
    public void InTheFirstEpochItsOwnSpeedCounts() => Assert.That(
        TimeLeft.After(epoch: 1, epochs: 5, TrainingProgress.Start, TimeSpan.FromSeconds(10)),
        Is.EqualTo(TimeSpan.FromSeconds(40)));

    [Test]
    public void AfterAnEpochItIsTheEndOfALine()
    {
        Assert.That(TimeLeft.InWords(Finished, epochs: 60), Is.EqualTo("  1:03:55 left"));
        Assert.That(TimeLeft.InWords(Finished, epochs: 1), Is.Empty);
    }

    [Test]
    public void DaysAreHours() => Assert.That(TimeLeft.Text(new TimeSpan(2, 3, 4, 5)), Is.EqualTo("51:04:05"));
}
