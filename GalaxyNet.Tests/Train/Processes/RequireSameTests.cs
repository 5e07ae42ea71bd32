namespace GalaxyNet.Tests;

/// <summary>What processes compare before they work together: see <see cref="Agreement"/>.</summary>
[TestFixture]
internal sealed class RequireSameTests
{
    [Test]
    public void SeveralFactsMayHaveOneName()
    {
        bool[] same = ThreadProcesses.Run(2, each =>
        {
            each.RequireSame(("options of run", "a"), ("options of run", "b"));
            return true;
        });
        Assert.That(same, Is.All.True);
    }

    [Test]
    public void EachOfThemIsCompared()
    {
        string[] messages = ThreadProcesses.Run(2, each => Assert.Throws<UserErrorException>(() =>
            each.RequireSame(("options of run", "a"), ("options of run", each.Rank == 0 ? "b" : "c")))!.Message);
        Assert.That(messages, Is.All.Contains("in options of run: a and c, not a and b;"));
    }

    [Test]
    public void WhatOneProcessDoesNotHaveIsADifference()
    {
        string[] messages = ThreadProcesses.Run(2, each => Assert.Throws<UserErrorException>(() =>
            each.RequireSame(
                each.Rank == 0 ? [("the seed", "1"), ("the shards", "4")] : [("the seed", "1")]))!.Message);
        Assert.That(messages, Is.All.Contains("in the shards: nothing, not 4;"));
    }
}
