namespace GalaxyNet.Tests;

/// <summary><c>predict</c> for images of any name: what an astronomer has in a folder.</summary>
[TestFixture]
internal sealed class PredictTests : IDisposable
{
    private const int UserError = 1;
    private const string Name = "J123456.78+012345.6";
    private const int Size = 80;

    private readonly TemporaryFolder folder = new();
    private string Run => folder.Path("run");

    private string Table => folder.Path($"{TestContext.CurrentContext.Test.Name}.csv");

    /// <summary>The first column of the table.</summary>
    private IEnumerable<string> Ids => File.ReadLines(Table).Skip(1).Select(row => row.Split(',')[0]);

    [OneTimeSetUp]
    public void Train() => ProgramRun.Good(
        "train", "--data", DrawnGalaxies.Folder, "--out", Run, "--attempt", "1", "--epochs", "1", "--device", "cpu");

    public void Dispose() => folder.Dispose();

    [Test]
    public void TheRestIsPredictedWhereAFileIsBroken()
    {
        using var images = new TemporaryFolder();
        File.Copy(Drawn(1), images.Path($"{Name}.jpg"));
        WriteFits(images.Path("NGC 4321.fits"));
        File.WriteAllBytes(images.Path("broken.jpg"), File.ReadAllBytes(Drawn(2))[..2000]);
        ImageFile.WritePng(images.Path("dark.png"), new Image(70, 70, 3));
        foreach (string other in new[] { "notes.txt", ".DS_Store", $"._{Name}.jpg" })
            images.Write(other, "");

        var run = Predict(images.Root);
        Assert.That(run.ExitCode, Is.EqualTo(UserError));
        Assert.That(run.Output, Does.StartWith("2 predictions written to"));
        Assert.That(
            run.Error,
            Does.Contain("Passed over").And.Contain("1 .txt").And.Contain("2 hidden")
                .And.Contain($"{images.Path("dark.png")}: left without a prediction")
                .And.Contain("--skip-bad").And.Contain($"{images.Path("broken.jpg")}: is a truncated image"));
        string[] rows = File.ReadAllLines(Table);
        string empty = new(',', DecisionTree.ClassCount + 1);
        Assert.That(rows[0], Is.EqualTo($"Image,{string.Join(',', DecisionTree.ClassNames)},warning"));
        Assert.That(rows[1], Does.StartWith($"{Name},").And.Not.Contains(",,").And.EndsWith(","), "no warning");
        Assert.That(rows[2], Does.StartWith("NGC 4321,").And.Not.Contains(",,").And.EndsWith(","));
        Assert.That(rows[3], Is.EqualTo($"broken{empty}unreadable"));
        Assert.That(rows[4], Is.EqualTo($"dark{empty}no source"));
        Assert.That(
            File.ReadAllLines(Path.ChangeExtension(Table, "skipped.txt"))[1..].Single(),
            Does.StartWith(images.Path("broken.jpg")));

        string first = File.ReadAllText(Table);
        var skipping = Predict(images.Root, "--skip-bad", "--json");
        Assert.That(skipping.ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(Table), Is.EqualTo(first));
        Assert.That(skipping.Json.GetProperty("predictions").GetInt32(), Is.EqualTo(2));
        Assert.That(skipping.Json.GetProperty("bad").GetInt32(), Is.EqualTo(1));
        Assert.That(skipping.Json.GetProperty("dark_pictures")[0].GetString(), Is.EqualTo(images.Path("dark.png")));
    }

    [Test]
    public void AFitsImageIsPredictedAsWhatItIsStretchedTo()
    {
        using var images = new TemporaryFolder();
        WriteFits(images.Path("a.fits"));
        byte[] packed = FitsBytes.Packed(File.ReadAllBytes(images.Path("a.fits")));
        File.WriteAllBytes(images.Path("b.fits.gz"), packed);
        ImageFile.WritePng(images.Path("c.png"), ImageFile.Read(images.Path("a.fits")));
        Assert.That(Predict(images.Root).ExitCode, Is.Zero);
        string[] answers = [.. File.ReadAllLines(Table).Skip(1).Select(row => row[row.IndexOf(',')..])];
        Assert.That(answers, Has.Length.EqualTo(3));
        Assert.That(answers.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void ImagesUnlikeThoseOfTheTrainingAreWarnedOfEachTime()
    {
        using var images = new TemporaryFolder();
        for (int i = 1; i <= 5; i++)
            ImageFile.WritePng(images.Path($"bright{i}.png"), Disk(Size, Size, sky: 60, level: (byte)(140 + i)));
        ImageFile.WritePng(images.Path("odd.png"), Disk(Size, 2 * Size, sky: 3, level: 150));
        for (int i = 0; i < 2; i++)
        {
            var run = Predict(images.Root);
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(
                run.ErrorLines,
                Is.EqualTo(
                [
                    "Warning: 5 of 6 have a bright sky, where the network knows a dark one: "
                        + $"{images.Path("bright1.png")}, {images.Path("bright2.png")}, {images.Path("bright3.png")} "
                        + "and 2 more",
                    $"Warning: 1 of 6 have unequal sides, and may be squeezed: {images.Path("odd.png")}",
                ]));
            Assert.That(
                File.ReadAllLines(Table).Skip(1).Select(row => row.Split(',')[^1]),
                Is.EqualTo([.. Enumerable.Repeat("bright sky", 5), "not square"]));
        }
    }

    [Test]
    public void ASubmissionHasNoColumnMore()
    {
        using var images = new TemporaryFolder();
        ImageFile.WritePng(images.Path("7.png"), Disk(Size, Size, sky: 60, level: 150));
        File.Copy(Drawn(1), images.Path("12.jpg"));
        var run = Predict(images.Root);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.ErrorLines.Single(), Does.StartWith("Warning: 1 of 2 have a bright sky"));
        Assert.That(Ids, Is.EqualTo(["7", "12"]));
        Assert.That(
            File.ReadLines(Table).First(), Is.EqualTo($"GalaxyID,{string.Join(',', DecisionTree.ClassNames)}"));

        File.Copy(Drawn(2), images.Path("a.jpg"));
        Assert.That(
            Predict(images.Root).ErrorLines[0],
            Does.StartWith($"{images.Path("a.jpg")}: is not named by a number"));
    }

    [Test]
    public void ASubmissionIsNotWrittenWithoutLeaveWhereAnImageIsBad()
    {
        using var images = new TemporaryFolder();
        File.Copy(Drawn(1), images.Path("1.jpg"));
        File.Copy(Drawn(2), images.Path("1.jpeg"));
        var run = Predict(images.Root);
        Assert.That(run.ExitCode, Is.EqualTo(UserError));
        Assert.That(run.ErrorLines.Single(), Does.StartWith($"{images.Path("1.jpg")}: has the same name as"));
        Assert.That(File.Exists(Table), Is.False);
        Assert.That(Predict(images.Root, "--skip-bad").ExitCode, Is.Zero);
        Assert.That(Ids, Is.EqualTo(["1"]));
    }

    [Test]
    public void PatternsAndSeveralFilesAreTaken()
    {
        string images = DrawnGalaxies.Images;
        Assert.That(Predict(Path.Combine(images, "*.jpg")).ExitCode, Is.Zero);
        Assert.That(Ids.Count(), Is.EqualTo(DrawnGalaxies.Count));
        var run = ProgramRun.Good("predict", "--run", Run, "--images", Drawn(2), Drawn(1), "--out", Table);
        Assert.That(run.Output, Does.StartWith("2 predictions"));
    }

    [Test]
    public void WhereNothingCanBePredictedNothingIsWritten()
    {
        using var images = new TemporaryFolder();
        images.Write("a.fits", "SIMPLE  =");
        Predict(images.Root).AssertRefused(UserError, images.Path("a.fits"), "truncated");
        Predict(images.Path("*.png")).AssertRefused(UserError, "*.png", "no image that ends in .jpg");
        Predict(images.Path("none")).AssertRefused(UserError, images.Path("none"), "no such file or folder");
        Assert.That(File.Exists(Table), Is.False);
    }

    /// <summary>A dark image gets what it would get beside others.</summary>
    [Test]
    public void DarkImagesAloneGetARow()
    {
        using var images = new TemporaryFolder();
        ImageFile.WritePng(images.Path("5.png"), new Image(70, 70, 3));
        string page = folder.Path("dark.html");
        var run = Predict(images.Root, "--explain", page);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Contain($"{images.Path("5.png")}: predicted as the mean"));
        Assert.That(Labels.Load(Table).Ids, Is.EqualTo([5L]));
        Assert.That(File.ReadAllText(page), Does.Contain("5"));

        ImageFile.WritePng(images.Path("b.png"), new Image(70, 70, 3));
        run = Predict(images.Path("b.png"));
        Assert.That(run.Output, Does.StartWith("0 predictions written"));
        Assert.That(run.Error, Does.Contain("left without a prediction"));
    }

    private static string Drawn(int galaxy) =>
        GalaxyFolder.ImagePath(DrawnGalaxies.Folder, DrawnGalaxies.FirstId + galaxy);

    private static void WriteFits(string path) => File.WriteAllBytes(
        path, FitsBytes.Image(-32, [Size, Size], FitsBytes.Galaxy(peak: 300, sky: 1_000, Size)));

    private static Image Disk(int width, int height, byte sky, byte level)
    {
        var image = new Image(width, height, 3);
        for (int i = 0; i < width * height; i++)
        {
            double distance = double.Hypot((i % width) - (width / 2), (i / width) - (height / 2));
            image.Pixels.AsSpan(3 * i, 3).Fill(distance < 15 ? level : sky);
        }
        return image;
    }

    private ProgramRun Predict(string images, params string[] more) =>
        ProgramRun.Of(["predict", "--run", Run, "--images", images, "--out", Table, "--device", "cpu", .. more]);
}
