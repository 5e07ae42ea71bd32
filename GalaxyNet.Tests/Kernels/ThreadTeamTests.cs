namespace GalaxyNet.Tests;

/// <summary>The threads that do a launch of the CPU schedule together.</summary>
[TestFixture]
internal sealed class ThreadTeamTests
{
    [Test]
    public void EveryPartIsDoneOnceBeforeALaunchReturns([Values(1, 2, 5)] int threads)
    {
        using var team = new ThreadTeam(threads);
        int[] done = new int[threads];
        for (int launch = 1; launch <= 2000; launch++)
        {
            team.Run(part => done[part]++);
            Assert.That(done, Is.All.EqualTo(launch));
        }
    }

    [Test]
    public void MembersThatHaveFallenAsleepWakeUp()
    {
        using var team = new ThreadTeam(3);
        int parts = 0;
        for (int launch = 0; launch < 3; launch++)
        {
            Thread.Sleep(20);
            team.Run(_ => Interlocked.Increment(ref parts));
        }
        Assert.That(parts, Is.EqualTo(9));
    }

    [Test]
    public void TheThreadsEndWithTheTeam()
    {
        var team = new ThreadTeam(2);
        var members = new Thread?[2];
        team.Run(part => members[part] = Thread.CurrentThread);
        team.Dispose();
        Assert.That(members[0], Is.SameAs(Thread.CurrentThread));
        Assert.That(members[1]!.IsAlive, Is.False);
    }

    /// <summary>What finds a team in its kernels is handed out again, some time after the team is gone.</summary>
    [Test]
    public void ATeamThatIsDisposedTwiceLeavesOthersAlone()
    {
        var first = new ThreadTeam(1);
        first.Dispose();
        ThreadTeam[] others = [.. Enumerable.Range(0, 1000).Select(_ => new ThreadTeam(1))];
        first.Dispose();
        Assert.That(others.Select(other => ThreadTeam.From(other.Handle)), Is.EqualTo(others));
        foreach (var other in others)
            other.Dispose();
    }
}
