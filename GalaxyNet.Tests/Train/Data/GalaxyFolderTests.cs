namespace GalaxyNet.Tests;

/// <summary>Folders of galaxies as archives and other systems leave them.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GalaxyFolderTests : IDisposable
{
    private const int Galaxies = 3;
    private const string LabelsName = "training_solutions_rev1";
    private const string ImagesName = "images_training_rev1";

    private readonly TemporaryFolder folder = new();

    public GalaxyFolderTests() => DrawnGalaxies.CopyTo(folder.Root, Galaxies);

    public void Dispose() => folder.Dispose();

    private string Images => folder.Path(ImagesName);

    private string LabelsPath => folder.Path($"{LabelsName}.csv");

    [Test]
    public void HiddenFilesArePassedOver()
    {
        foreach (string path in Directory.GetFiles(Images))
            File.WriteAllBytes(Path.Combine(Images, "._" + Path.GetFileName(path)), [0, 5, 22, 7, 0, 2, 0, 0]);
        File.WriteAllText(Path.Combine(Images, ".jpg"), "");
        var galaxies = GalaxyFolder.Open(folder.Root);
        Assert.That(galaxies.Images, Has.Count.EqualTo(Galaxies));
        Assert.That(galaxies.Problems.Count, Is.Zero);
        string[] arguments = ["train", "--data", folder.Root, "--out", folder.Path("run"), "--attempt", "1"];
        ProgramRun.Good([.. arguments, "--epochs", "1", "--test-fraction", "0", "--device", "cpu"]);
    }

    [TestCase(ImagesName, ImagesName)]
    [TestCase("galaxy-zoo", ImagesName)]
    [TestCase("galaxy-zoo")]
    public void ImagesInAFolderOfTheirOwnAreFound(params string[] place)
    {
        string elsewhere = folder.Path(["moved"]);
        Directory.Move(Images, elsewhere);
        string found = folder.Path(place);
        Directory.CreateDirectory(Path.GetDirectoryName(found)!);
        Directory.Move(elsewhere, found);
        ProgramRun.Of("baseline", "--data", folder.Root)
            .AssertRefused(1, Images, $"Images are in {found}: move them to {Images}");
    }

    [TestCase(LabelsName, $"{LabelsName}.csv")]
    [TestCase($"{LabelsName}.csv", $"{LabelsName}.csv")]
    [TestCase("Training_Solutions_Rev1.CSV")]
    [TestCase("galaxy-zoo", "data", $"{LabelsName}.csv")]
    public void LabelsInAFolderOfTheirOwnAreFound(params string[] place)
    {
        string elsewhere = folder.Path("moved");
        File.Move(LabelsPath, elsewhere);
        string found = folder.Path(place);
        Directory.CreateDirectory(Path.GetDirectoryName(found)!);
        File.Move(elsewhere, found);
        ProgramRun.Of("baseline", "--data", folder.Root)
            .AssertRefused(1, LabelsPath, $"It is at {found}: move it to {LabelsPath}");
    }

    [Test]
    public void TheFolderOfImagesIsNotTheFolderOfBoth() =>
        ProgramRun.Of("baseline", "--data", Images).AssertRefused(1, "is missing", $"It is at {LabelsPath}");

    [Test]
    public void ArchivesAreToBeUnpacked()
    {
        File.Move(LabelsPath, folder.Path($"{LabelsName}.zip"));
        ProgramRun.Of("baseline", "--data", folder.Root)
            .AssertRefused(1, LabelsPath, $"{folder.Path($"{LabelsName}.zip")} is there: unpack it");
        File.Move(folder.Path($"{LabelsName}.zip"), LabelsPath);
        Directory.Delete(Images, recursive: true);
        folder.Write($"{ImagesName}.zip", "");
        ProgramRun.Of("baseline", "--data", folder.Root)
            .AssertRefused(1, Images, $"{folder.Path($"{ImagesName}.zip")} is there: unpack it");
    }

    [TestCase("train")]
    [TestCase("preprocess")]
    [TestCase("explore", Category = ExhaustiveAttribute.Name)]
    [TestCase("baseline")]
    [TestCase("compare")]
    public void ImagesWithoutALabelAreCounted(string command)
    {
        File.WriteAllLines(LabelsPath, File.ReadAllLines(LabelsPath).SkipLast(1));
        string[] data = [command, "--data", folder.Root];
        string[] output = command == "baseline" ? [] : ["--out", folder.Path(command)];
        string[] less = command switch
        {
            "train" => ["--attempt", "1", "--epochs", "1", "--test-fraction", "0", "--device", "cpu"],
            "compare" => ["--attempts", "1", "--epochs", "1", "--device", "cpu"],
            _ => [],
        };
        const string counted = "Images without a row in the label file, which are left out: 1 of 3";
        Assert.That(ProgramRun.Of([.. data, .. output, .. less]).ErrorLines, Has.Some.EqualTo(counted));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void MissingImagesPointToSkipping(int missing)
    {
        for (long id = DrawnGalaxies.FirstId; id < DrawnGalaxies.FirstId + missing; id++)
            File.Delete(GalaxyFolder.ImagePath(folder.Root, id));
        foreach (string command in new[] { "baseline", "preprocess", "explore", "train" })
        {
            string[] output = command == "baseline" ? [] : ["--out", folder.Path(command)];
            var run = ProgramRun.Of([command, "--data", folder.Root, .. output]);
            Assert.That(run.ExitCode, Is.EqualTo(1));
            string what = missing == 1 ? "it" : "them";
            Assert.That(run.ErrorLines[^1], Does.Contain($"--skip-bad goes on without {what}"));
        }
    }

    [Test]
    public void NumbersOfGalaxiesMayComeFromPandas()
    {
        string ids = folder.Write("ids.csv", "\ufeffGalaxyID\r\n100008.0\r\n\r\n 100023\r\n");
        Assert.That(IdFile.Read(ids), Is.EqualTo([100_008L, 100_023L]));
        string[] train = ["train", "--data", folder.Root, "--out", folder.Path("run"), "--validation-ids", folder.Root];
        ProgramRun.Of(train).AssertRefused(1, $"{folder.Root}: cannot be read (It is a folder");
    }
}
