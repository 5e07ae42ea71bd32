namespace GalaxyNet.Tests;

/// <summary>Images of any name, in folders, by patterns, and one by one.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ImageListTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void NumbersComeInTheirOrder()
    {
        var list = Open(Write("30.jpg", "4.PNG", "100.jpeg", "20.fits.gz"));
        Assert.That(list.AreNumbered, Is.True);
        Assert.That(list.Ids, Is.EqualTo(new[] { 4, 20, 30, 100 }));
        Assert.That(list.PassedOver, Is.Null);
        Assert.That(list.FirstWithoutNumber, Is.Null);
    }

    [Test]
    public void OtherNamesComeByName()
    {
        var list = Open(Write("J123456.78+012345.6.jpg", "NGC 4321.fits", "100.png", "é, \"x\".fts"));
        Assert.That(list.AreNumbered, Is.False);
        Assert.That(Names(list), Is.EqualTo(["100", "J123456.78+012345.6", "NGC 4321", "é, \"x\""]));
        Assert.That(list.FirstWithoutNumber?.Name, Is.EqualTo("J123456.78+012345.6"));
    }

    /// <summary>An id is a safe file name without a zero in front, so that no two are the same number.</summary>
    [TestCase("0123.jpg")]
    [TestCase("0.jpg")]
    [TestCase("-5.jpg")]
    [TestCase("1e3.jpg")]
    [TestCase("99999999999999999999.jpg")]
    public void WhatIsNoNumber(string name) => Assert.That(Open(Write(name)).AreNumbered, Is.False);

    [Test]
    public void WhatIsPassedOverIsCountedByKind()
    {
        Write("a.jpg", "._a.jpg", ".DS_Store", "Thumbs.db", "b.tif", "c.TIF", "README", "d.jpg.txt");
        Directory.CreateDirectory(folder.Path("more.fits"));
        var list = Open(folder.Root);
        Assert.That(Names(list), Is.EqualTo(["a"]));
        Assert.That(
            list.PassedOver,
            Is.EqualTo(
                "Passed over, being no JPEG, PNG or FITS image: 1 without an ending, 1 .db, 2 .tif, 1 .txt, "
                + "1 folder, not searched, 2 hidden"));
    }

    [Test]
    public void ImagesOfOneNameAreToldApart()
    {
        var list = Open(Write("a.jpg", "a.png", "b.fits"));
        Assert.That(Names(list), Is.EqualTo(["a", "b"]));
        Assert.That(
            list.Problems.Describe("problems"),
            Is.EqualTo($"{folder.Path("a.png")}: has the same name as {folder.Path("a.jpg")}: rename one of them"));
    }

    [TestCase("*.jpg", "a", "b")]
    [TestCase("?.jpg", "a", "b")]
    [TestCase("a*", "a")]
    [TestCase("*/*.fits", "c", "d")]
    [TestCase("*2/*", "d")]
    [TestCase("../*/one2/d.fit?", "d")]
    public void APatternFindsWhatItMatches(string pattern, params string[] expected)
    {
        Write("a.jpg", "b.jpg", ".hidden.jpg");
        foreach (var (subfolder, name) in new[] { ("one", "c.fits"), ("one2", "d.fits"), (".no", "e.fits") })
        {
            Directory.CreateDirectory(folder.Path(subfolder));
            File.WriteAllText(folder.Path(subfolder, name), "");
        }
        Assert.That(Names(Open(folder.Path(pattern))), Is.EqualTo(expected));
    }

    [Test]
    public void AFileOfANameLikeAPatternIsItself()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("No file can have such a name.");
        Write("a.jpg", "*.jpg");
        Assert.That(Names(Open(folder.Path("*.jpg"))), Is.EqualTo(["*"]));
    }

    [Test]
    public void FilesFoldersAndPatternsTogetherGiveEachOnce()
    {
        Write("a.jpg", "b.png", "c.dat");
        var list = ImageList.Open(folder.Path("c.dat"), folder.Root, folder.Path("*.png"), folder.Path(".", "a.jpg"));
        Assert.That(Names(list), Is.EqualTo(["a", "b", "c.dat"]), "a file that is named may have any ending");
        Assert.That(list.Problems.Count, Is.Zero);
    }

    [Test]
    public void WhereThereIsNoneTheErrorSaysWhatThereIs()
    {
        Assert.That(() => Open(folder.Root), Refused(folder.Root, ".fits"));
        Write("a.txt");
        Assert.That(() => Open(folder.Root), Refused("1 .txt"));
        Assert.That(() => Open(folder.Path("*.jpg")), Refused("*.jpg", "no image"));
        Assert.That(() => Open(folder.Path("none", "*.jpg")), Refused("none", "no image"));
        Assert.That(() => Open(folder.Path("none.jpg")), Refused("none.jpg: no such file or folder"));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refused(string part, string other = "") =>
        Throws.TypeOf<UserErrorException>().With.Message.Contains(part).And.Message.Contains(other);

    private static ImageList Open(string path) => ImageList.Open(path);

    private static IEnumerable<string> Names(ImageList list) => list.Images.Select(image => image.Name);

    /// <summary>Writes empty files, which are only looked for, into the folder.</summary>
    private string Write(params string[] names)
    {
        foreach (string name in names)
            folder.Write(name, "");
        return folder.Root;
    }
}
