namespace GalaxyNet.Tests;

/// <summary>A second run of <c>preprocess</c> keeps what is whole, and writes the rest again.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PreprocessTests : IDisposable
{
    private const int Galaxies = 5;

    private readonly TemporaryFolder folder = new();

    public PreprocessTests()
    {
        DrawnGalaxies.CopyTo(Data, Galaxies);
        ProgramRun.Good(Preprocess());
    }

    private string Data => folder.Path("data");

    public void Dispose() => folder.Dispose();

    [Test]
    public void WhatIsEmptyOrDamagedIsWrittenAgain()
    {
        byte[][] whole = [.. Enumerable.Range(0, Galaxies).Select(i => File.ReadAllBytes(PathOf(i)))];
        byte[] changed = [.. whole[2]];
        changed[changed.Length / 2] ^= 1;
        File.WriteAllBytes(PathOf(0), []);
        File.WriteAllBytes(PathOf(1), whole[1][..^1]);
        File.WriteAllBytes(PathOf(2), changed);
        File.WriteAllBytes(PathOf(3), new byte[whole[3].Length]);
        var json = ProgramRun.Good([.. Preprocess(), "--json"]).Json;
        Assert.That(json.GetProperty("written").GetInt32(), Is.EqualTo(4));
        Assert.That(json.GetProperty("already_there").GetInt32(), Is.EqualTo(1));
        for (int i = 0; i < Galaxies; i++)
            Assert.That(File.ReadAllBytes(PathOf(i)), Is.EqualTo(whole[i]), $"galaxy {i}");
    }

    /// <summary>Though the first ones are as they should be.</summary>
    [TestCase(64, 32, 3)]
    [TestCase(64, 64, 1)]
    [TestCase(128, 64, 3)]
    public void OneOfAnotherFormStopsIt(int width, int height, int channels)
    {
        ImageFile.WritePng(PathOf(3), new Image(width, height, channels));
        byte[] before = File.ReadAllBytes(PathOf(3));
        File.WriteAllBytes(PathOf(0), []);
        ProgramRun.Of(Preprocess()).AssertRefused(1, PathOf(3), "is already there with another --crop or --size");
        Assert.That(File.ReadAllBytes(PathOf(3)), Is.EqualTo(before));
        Assert.That(File.ReadAllBytes(PathOf(0)), Is.Empty);
    }

    [Test]
    public void ACropOfAnotherImageIsWrittenAgain()
    {
        byte[] before = File.ReadAllBytes(PathOf(0)), other = File.ReadAllBytes(PathOf(1));
        string[] images =
            [.. Enumerable.Range(0, 3).Select(i => GalaxyFolder.ImagePath(Data, DrawnGalaxies.FirstId + i))];
        File.Copy(images[1], images[0], overwrite: true);
        ImageFile.WritePng(PathOf(2), new Image(64, 64, 3)); // somebody's, or of an earlier version
        var json = ProgramRun.Good([.. Preprocess(), "--json"]).Json;
        Assert.That(json.GetProperty("written").GetInt32(), Is.EqualTo(2));
        Assert.That(File.ReadAllBytes(PathOf(0)), Is.EqualTo(other).And.Not.EqualTo(before));

        File.WriteAllText(images[2], "broken by now");
        ProgramRun.Of(Preprocess()).AssertRefused(1, images[2]);
    }

    [Test]
    public void WhatIsNoCropIsNotOverwritten()
    {
        File.WriteAllText(PathOf(3), "somebody's notes");
        ProgramRun.Of(Preprocess()).AssertRefused(1, PathOf(3), "no PNG", "give another --out");
        Assert.That(File.ReadAllText(PathOf(3)), Is.EqualTo("somebody's notes"));
    }

    private string PathOf(int galaxy) => folder.Path("out", $"{DrawnGalaxies.FirstId + galaxy}.png");

    private string[] Preprocess() => ["preprocess", "--data", Data, "--out", folder.Path("out")];
}
