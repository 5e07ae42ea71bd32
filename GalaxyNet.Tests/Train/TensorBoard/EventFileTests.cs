using Tensorboard;

namespace GalaxyNet.Tests;

/// <summary>The files that TensorBoard reads.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Events => folder.Path("events");

    public void Dispose() => folder.Dispose();

    [Test]
    public void AFileSaysWhatItIsAndWhereItBegins()
    {
        using (var file = new EventFile(Events, firstStep: 7))
            file.Write(9, [SummaryValue.Scalar("a", 0.5), SummaryValue.Scalar("b", -1)]);
        var events = EventReader.Read(EventReader.Files(Events).Single());
        Assert.That(events, Has.Count.EqualTo(3));
        Assert.Multiple(() =>
        {
            Assert.That(events[0].FileVersion, Is.EqualTo("brain.Event:2"));
            Assert.That(events[1].SessionLog.Status, Is.EqualTo(SessionLog.Types.SessionStatus.Start));
            Assert.That(events.Select(each => each.Step), Is.EqualTo([0, 7, 9]));
            Assert.That(events[2].Summary.Value.Select(value => value.Tag), Is.EqualTo(["a", "b"]));
            var written = DateTimeOffset.UnixEpoch.AddSeconds(events[2].WallTime);
            Assert.That(written, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        });
    }

    [Test]
    public void WhatIsWrittenCanBeReadAtOnce()
    {
        using var file = new EventFile(Events, firstStep: 1);
        for (int step = 1; step <= 3; step++)
        {
            file.Write(step, [SummaryValue.Scalar("a", step)]);
            Assert.That(EventReader.Read(EventReader.Files(Events).Single())[^1].Step, Is.EqualTo(step));
        }
    }

    /// <summary>As a crash or a full disk leaves it.</summary>
    [Test]
    public void AFileThatIsCutShortHasAllThatIsWholeInIt()
    {
        using (var file = new EventFile(Events, firstStep: 1))
            file.Write(1, [SummaryValue.Text("a", "words")]);
        byte[] bytes = File.ReadAllBytes(EventReader.Files(Events).Single());
        var whole = EventReader.Read(bytes, out _);
        int last = 0;
        for (int length = 0; length <= bytes.Length; length++)
        {
            var events = EventReader.Read(bytes[..length], out int end);
            Assert.That(events, Is.EqualTo(whole.Take(events.Count)));
            Assert.That(end, Is.GreaterThanOrEqualTo(last).And.LessThanOrEqualTo(length));
            last = end;
        }
        Assert.That(last, Is.EqualTo(bytes.Length));
    }

    /// <summary>Within a second, and where a clock has been put back.</summary>
    [Test]
    public void ALaterFileHasALaterName()
    {
        string future = Path.Combine(Events, "events.out.tfevents.9000000000");
        var paths = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            new EventFile(Events, firstStep: i + 1).Dispose();
            paths.Add(EventReader.Files(Events).Single(path => !paths.Contains(path)));
        }
        File.Copy(paths[0], future);
        new EventFile(Events, firstStep: 4).Dispose();
        paths.AddRange([future, future[..^1] + "1"]);
        Assert.That(EventReader.Files(Events), Is.EqualTo(paths));
        Assert.That(EventReader.Read(paths[^1])[1].Step, Is.EqualTo(4));
    }

    [Test]
    public void AFolderThatCannotBeMadeIsNamed()
    {
        string taken = folder.Write("taken", "");
        Assert.That(
            () => new EventFile(Path.Combine(taken, "events"), firstStep: 1),
            Throws.InstanceOf<OutputException>().With.Message.Contains(taken)
                .And.Message.Contains("cannot be written ("));
    }
}
