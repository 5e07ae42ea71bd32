using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>The galaxies to choose the best epoch by, as they are given on the command line.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ValidationTests : IDisposable
{
    private const int UserError = 1;

    private readonly TemporaryFolder folder = new();

    private string Run => folder.Path("run");

    public void Dispose() => folder.Dispose();

    [Test]
    public void NumbersThatAreNoGalaxyAreCounted()
    {
        var ids = DrawnIds(3).Append(999_999_999).Append(999_999_998);
        var training = ProgramRun.Good(Train("--validation-ids", FileOf(ids)));
        Assert.That(
            training.ErrorLines,
            Has.One.EqualTo("2 of the 5 --validation-ids are not among the galaxies, 999999999 the first of them"));
        Assert.That(training.Error, Does.Contain("3 to choose the best epoch by"));
    }

    [Test]
    public void TwoWaysToChooseAreRefused() =>
        ProgramRun.Of(Train("--validation-ids", FileOf(DrawnIds(3)), "--validation-fraction", "0.2"))
            .AssertRefused(UserError, "ids.txt", "two ways to choose", "give one of them");

    [Test]
    public void WhatLeavesNothingToTrainOnIsNamed()
    {
        string all = FileOf(DrawnIds(DrawnGalaxies.Count));
        ProgramRun.Of(Train("--validation-ids", all))
            .AssertRefused(UserError, "The --validation-ids are all the galaxies of --data");
        ProgramRun.Of(Train("--validation-fraction", "0.99"))
            .AssertRefused(UserError, "A validation fraction of 0.99 leaves none of 9 images");
    }

    [Test]
    public void ARunKeepsTheGalaxiesThatItWasBegunWith()
    {
        string some = FileOf(DrawnIds(3)), others = FileOf(DrawnIds(2), "others.txt");
        ProgramRun.Good(Train("--validation-ids", some));
        ProgramRun.Of(Train("--resume", "--validation-ids", others))
            .AssertRefused(UserError, Run, "was begun with other --validation-ids: leave that out");
        ProgramRun.Good(Train("--resume", "--validation-ids", some));
    }

    [Test]
    public void ARunWithoutValidationGetsNoneLater()
    {
        ProgramRun.Good(Train());
        ProgramRun.Of(Train("--resume", "--validation-ids", FileOf(DrawnIds(3))))
            .AssertRefused(UserError, Run, "was begun with no --validation-ids: leave that out");
    }

    private static IEnumerable<long> DrawnIds(int count) =>
        Enumerable.Range(0, count).Select(i => DrawnGalaxies.FirstId + i);

    private string FileOf(IEnumerable<long> ids, string name = "ids.txt")
    {
        string path = folder.Path(name);
        File.WriteAllLines(path, ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return path;
    }

    private string[] Train(params string[] more) =>
    [
        "train", "--data", DrawnGalaxies.Folder, "--out", Run, "--attempt", "1", "--epochs", "1", "--device", "cpu",
        .. more,
    ];
}
