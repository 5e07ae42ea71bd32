using System.CommandLine;

namespace GalaxyNet.Tests;

/// <summary>What users get wrong ends in one clear line and an exit code, never in a stack trace.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BadInputTests : IDisposable
{
    private const int UserError = 1;
    private const int UsageError = 2;
    private const int Galaxies = 3;

    private readonly TemporaryFolder folder = new();

    public BadInputTests() => DrawnGalaxies.CopyTo(folder.Root, Galaxies);

    public void Dispose() => folder.Dispose();

    [Test]
    public void NoDataFolder() =>
        ProgramRun.Of("train", "--data", folder.Path("nothing"), "--out", folder.Path("run"))
            .AssertRefused(UserError, folder.Path("nothing"), "no such folder", "training_solutions_rev1.csv");

    [Test]
    public void AMissingImage()
    {
        File.Delete(FirstImage);
        Train().AssertRefused(UserError, "images_training_rev1", $"no image {DrawnGalaxies.FirstId}.jpg");
    }

    [Test]
    public void ATruncatedJpeg()
    {
        File.WriteAllBytes(FirstImage, File.ReadAllBytes(FirstImage)[..2000]);
        Train().AssertRefused(UserError, FirstImage, "truncated", "download it again");
    }

    [Test]
    public void AnImageThatIsNone()
    {
        File.WriteAllText(FirstImage, "not an image");
        Train().AssertRefused(UserError, FirstImage, "neither a JPEG nor a PNG");
    }

    [Test]
    public void AnEmptyImage()
    {
        File.WriteAllBytes(FirstImage, []);
        ProgramRun.Of("preprocess", "--data", folder.Root, "--out", folder.Path("out"))
            .AssertRefused(UserError, FirstImage, "is empty");
    }

    [Test]
    public void ALabelFileWithoutAColumn()
    {
        ChangeLabels(line => line.Replace("Class3.1", "Class3.9", StringComparison.Ordinal));
        Train().AssertRefused(UserError, LabelsPath, "no column Class3.1");
    }

    [Test]
    public void AWordForANumber()
    {
        ChangeLabels(line => line.Replace("100001,", "100001,many", StringComparison.Ordinal));
        Train().AssertRefused(UserError, LabelsPath, "line 2", "many");
    }

    [Test]
    public void AGalaxyTwice()
    {
        ChangeLabels(line => line.Replace("100002", "100001", StringComparison.Ordinal));
        Train().AssertRefused(UserError, LabelsPath, "line 3", "100001 is already on line 2");
    }

    [Test]
    public void AnEmptyLabelFile()
    {
        File.WriteAllText(LabelsPath, "");
        Train().AssertRefused(UserError, LabelsPath, "is empty");
    }

    [Test]
    public void AnOutFolderThatCannotBeWritten()
    {
        string file = folder.Write("file", "");
        ProgramRun.Of("train", "--data", folder.Root, "--out", Path.Combine(file, "run"))
            .AssertRefused(UserError, file);
    }

    [Test]
    public void NoRun() =>
        ProgramRun.Of("evaluate", "--run", folder.Root, "--data", folder.Root)
            .AssertRefused(UserError, folder.Root, "holds no run");

    [Test]
    public void ADeviceThatNobodyKnows() =>
        Train("--device", "tpu").AssertRefused(UsageError, "--device", "tpu", "cuda");

    [Test]
    public void ADeviceThatThisMachineLacks()
    {
        if (Device.List().Any(device => device.Kind == DeviceKind.Cuda))
            Assert.Ignore("This machine has it.");
        Train("--device", "cuda").AssertRefused(UserError, "no cuda device", "It has: ");
    }

    [TestCase("--attempt", "7")]
    [TestCase("--epochs", "0")]
    [TestCase("--epochs", "some")]
    [TestCase("--batch-size", "-1")]
    [TestCase("--learning-rate", "NaN")]
    [TestCase("--test-fraction", "1")]
    [TestCase("--seed", "-1")]
    [TestCase("--schedule", "linear")]
    [TestCase("--rotation", "nearest")]
    [TestCase("--warm-up", "-1")]
    [TestCase("--average-views", "3")]
    [TestCase("--optimizer", "newton")]
    [TestCase("--momentum", "1")]
    [TestCase("--threads", "0")]
    [TestCase("--threads", "100000")]
    public void AValueThatAnOptionDoesNotTake(string option, string value) =>
        Train(option, value).AssertRefused(UsageError, option, value, "--help");

    [TestCase("train", "--data", "--out")]
    [TestCase("preprocess", "--data", "--out")]
    [TestCase("explore", "--data", "--out")]
    [TestCase("compare", "--data", "--out")]
    [TestCase("baseline", "--data")]
    [TestCase("evaluate", "--run", "--data", "--figure")]
    [TestCase("predict", "--run", "--images", "--out")]
    [TestCase("demo", "--out")]
    public void APathThatNamesNothing(string command, params string[] options)
    {
        foreach (string option in options)
        {
            foreach (string path in new[] { "", " ", "a\0b" })
            {
                string[] arguments =
                    [.. options.SelectMany(each => new[] { each, each == option ? path : folder.Path("nothing") })];
                ProgramRun.Of([command, .. arguments]).AssertRefused(UsageError, option, "names no file or folder");
            }
        }
    }

    [Test]
    public void MoreGalaxiesThanAnybodyNeeds() =>
        ProgramRun.Of("demo", "--galaxies", "100000000")
            .AssertRefused(UsageError, "--galaxies '100000000'", "at most 1000000");

    [Test]
    public void APipeUnderAImagesName()
    {
        File.Delete(FirstImage);
        MakePipe(FirstImage);
        Train().AssertRefused(UserError, FirstImage, "not a regular file");
    }

    [Test]
    public void APipeUnderTheLabelsName()
    {
        File.Delete(LabelsPath);
        MakePipe(LabelsPath);
        Train().AssertRefused(UserError, LabelsPath, "not a regular file");
    }

    private static void MakePipe(string path)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows has no pipes among its files.");
        using var process = System.Diagnostics.Process.Start("mkfifo", [path]);
        process.WaitForExit();
    }

    [Test]
    public void ATestFractionThatLeavesNothing() =>
        Train("--test-fraction", "0.9").AssertRefused(UserError, "leaves none of 3 images");

    /// <summary>It comes wrapped in another exception, as whatever happens on all cores does.</summary>
    [Test]
    public void MemoryThatRunsOutOnAllCoresIsOneLine()
    {
        var error = new StringWriter();
        int exitCode = CommandProgram.Run(
            _ =>
            {
                var root = new RootCommand();
                root.SetAction(_ => AllCores.Run(4, _ => throw new InsufficientMemoryException("There is none.")));
                return root;
            },
            [],
            new Terminal(TextWriter.Null, error, default));
        new ProgramRun(exitCode, "", error.ToString()).AssertRefused(UserError, "not enough memory", "There is none");
    }

    [Test]
    public void NoCommandIsTheHelp() =>
        Assert.That(ProgramRun.Good().Output, Is.EqualTo(ProgramRun.Good("--help").Output));

    [TestCase("trian", "train")]
    [TestCase("Predict", "predict")]
    [TestCase("preproces", "preprocess")]
    public void ACommandThatIsNearlyRightIsSuggested(string typed, string meant) =>
        ProgramRun.Of(typed).AssertRefused(UsageError, $"'{typed}'", $"Did you mean {meant}?");

    [TestCase("train", "--foo")]
    [TestCase("completion", "bash", "x")]
    [TestCase("--", "devices")]
    public void WhatIsNothingLikeIsNotSuggested(params string[] typed)
    {
        var run = ProgramRun.Of(typed);
        run.AssertRefused(UsageError, $"'{typed[^1]}'");
        Assert.That(run.Error, Does.Not.Contain("Did you mean"));
    }

    [Test]
    public void AnOptionThatIsNearlyRightIsSuggested() =>
        ProgramRun.Of("summary", "--atempt", "4").AssertRefused(UsageError, "Did you mean --attempt?");

    [Test]
    public void AFolderMayBeginWithAnAt() =>
        ProgramRun.Of("baseline", "--data", "@nothing").AssertRefused(UserError, "@nothing: no such folder");

    private string FirstImage => GalaxyFolder.ImagePath(folder.Root, DrawnGalaxies.FirstId);

    private string LabelsPath => GalaxyFolder.LabelsPath(folder.Root);

    private ProgramRun Train(params string[] more) =>
        ProgramRun.Of(["train", "--data", folder.Root, "--out", folder.Path("run"), .. more]);

    private void ChangeLabels(Func<string, string> change) =>
        File.WriteAllLines(LabelsPath, [.. File.ReadAllLines(LabelsPath).Select(change)]);
}
