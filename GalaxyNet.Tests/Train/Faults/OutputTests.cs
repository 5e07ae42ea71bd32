using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>What is written goes where the user says, and nothing else is touched.</summary>
[TestFixture]
internal sealed class OutputTests : IDisposable
{
    private const int UserError = 1;
    private const int UsageError = 2;

    private readonly TemporaryFolder folder = new();
    private string run = null!;
    private string table = null!;

    [OneTimeSetUp]
    public void Train()
    {
        var trained = new TrainedRun(folder.Path("run"));
        ProgramRun.Good(trained.Begin(epochs: 1));
        run = trained.Folder;
        ProgramRun.Good(Predict("plain.csv"));
        table = File.ReadAllText(folder.Path("plain.csv"));
    }

    public void Dispose() => folder.Dispose();

    [TestCase("/dev/stdout")]
    [TestCase("/dev/fd/1", Category = ExhaustiveAttribute.Name)]
    [TestCase("/proc/self/fd/1", Category = ExhaustiveAttribute.Name)]
    public void StandardOutputGetsTheTableAndNothingElse(string path)
    {
        RequireUnix();
        var start = new ProcessStartInfo("dotnet", [typeof(TrainProgram).Assembly.Location, .. PredictTo(path)]);
        var left = ProgramRun.Of(start);
        Assert.That(left.Output, Is.EqualTo(table));
        Assert.That(left.ErrorLines, Has.Exactly(1).EqualTo($"{DrawnGalaxies.Count} predictions written to {path}"));
    }

    /// <summary>Where standard output is a file, it is not replaced, and what was in it stays.</summary>
    [Test, Exhaustive]
    public void StandardOutputMayBeAFile()
    {
        RequireUnix();
        string file = folder.Write("appended.csv", "mine\n");
        using var process = ProgramProcess.StartFromShell(
            $"exec >> '{file}'", PredictTo("/dev/stdout"));
        Assert.That(process.WaitForExit(), Is.Zero);
        Assert.That(File.ReadAllText(file), Is.EqualTo("mine\n" + table));
    }

    [Test]
    public void ATableAndJsonDoNotShareStandardOutput()
    {
        RequireUnix();
        ProgramRun.Of([.. PredictTo("/dev/stdout"), "--json"])
            .AssertRefused(UsageError, "--out /dev/stdout and --json both write to standard output");
    }

    [Test]
    public void APipeIsWrittenInto()
    {
        RequireUnix();
        string pipe = folder.Path("pipe");
        Process.Start("mkfifo", [pipe]).WaitForExit();
        var read = Task.Run(() => File.ReadAllText(pipe));
        ProgramRun.Good(PredictTo(pipe));
        Assert.That(read.Result, Is.EqualTo(table));
        Assert.That(() => File.OpenHandle(pipe, FileMode.Open, FileAccess.ReadWrite).Dispose(), Throws.Nothing);
        Assert.That(WriteTarget.Of(pipe).IsStream, "The pipe is gone.");
    }

    /// <summary>What other systems go by, where Linux says what kind of file it is.</summary>
    [Test]
    public void APipeHasNoPosition()
    {
        RequireUnix();
        string pipe = folder.Path("pipe-without-position");
        Process.Start("mkfifo", [pipe]).WaitForExit();
        string file = folder.Path("file-with-position");
        File.Create(file).Dispose();
        Assert.That(UnixFile.HasNoPosition(pipe), Is.True);
        Assert.That(UnixFile.HasNoPosition("/dev/null"), Is.True);
        Assert.That(UnixFile.HasNoPosition(file), Is.False);
        Assert.That(UnixFile.HasNoPosition(folder.Root), Is.False);
        Assert.That(UnixFile.HasNoPosition(folder.Path("missing")), Is.False);
    }

    [Test]
    public void ADeviceStaysADevice()
    {
        RequireUnix();
        string device = folder.Path("null");
        using (var node = Process.Start(
            new ProcessStartInfo("mknod", [device, "c", "1", "3"]) { RedirectStandardError = true })!)
            node.WaitForExit();
        if (!WriteTarget.Of(device).IsStream)
            Assert.Ignore("This needs the right to make a device.");
        ProgramRun.Good(PredictTo(device));
        ProgramRun.Good("evaluate", "--run", run, "--data", DrawnGalaxies.Folder, "--figure", device);
        Assert.That(WriteTarget.Of(device).IsStream, "It was replaced by a file.");
    }

    [Test]
    public void AWholeDiskIsNotWrittenOver()
    {
        RequireUnix();
        string disk = folder.Path("disk");
        using (var node = Process.Start(
            new ProcessStartInfo("mknod", [disk, "b", "7", "99"]) { RedirectStandardError = true })!)
            node.WaitForExit();
        if (!Path.Exists(disk))
            Assert.Ignore("This needs the right to make a device.");
        ProgramRun.Of(PredictTo(disk)).AssertRefused(UserError, disk, "It is a whole disk");
    }

    [Test]
    public void TheTargetOfALinkIsWrittenAndTheLinkStays()
    {
        string target = folder.Path("real.csv");
        string link = folder.Path("link.csv");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        ProgramRun.Good(Predict("link.csv"));
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo(target));
        Assert.That(File.ReadAllText(target), Is.EqualTo(table));
    }

    [Test]
    public void ALinkMayPointToWhatIsNotThereYet()
    {
        string target = folder.Path("new", "real.csv");
        File.CreateSymbolicLink(folder.Path("early.csv"), Path.Combine("new", "real.csv"));
        ProgramRun.Good(Predict("early.csv"));
        Assert.That(File.ReadAllText(target), Is.EqualTo(table));
    }

    [Test]
    public void FilesOfOthersWithTemporaryNamesStay()
    {
        foreach (string name in new[] { "s.csv.tmp", "s.csv~", ".galaxynet-mine.tmp" })
            folder.Write(name, "mine");
        ProgramRun.Good(Predict("s.csv"));
        foreach (string name in new[] { "s.csv.tmp", "s.csv~", ".galaxynet-mine.tmp" })
            Assert.That(File.ReadAllText(folder.Path(name)), Is.EqualTo("mine"), name);
    }

    [Test]
    public void AFileKeepsItsRights()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = folder.Write("private.csv", "old");
        const UnixFileMode rights = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(path, rights);
        ProgramRun.Good(Predict("private.csv"));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(rights));
    }

    [Test]
    public void ACurrentFolderThatIsGoneIsNamed()
    {
        RequireUnix();
        string gone = folder.Path("gone");
        using var process = ProgramProcess.StartFromShell(
            $"mkdir '{gone}'; cd '{gone}'; rmdir '{gone}'", Predict("x.csv"));
        Assert.That(process.WaitForExit(), Is.EqualTo(UserError));
        Assert.That(process.ErrorLines.Single(), Does.StartWith("The current folder is gone"));
    }

    [Test]
    public void TwoOutputsAreNotOneFile()
    {
        File.CreateSymbolicLink(folder.Path("same.html"), folder.Path("page.csv"));
        ProgramRun.Of([.. Predict("page.csv"), "--explain", folder.Path("same.html")])
            .AssertRefused(UserError, "page.csv", "is also what --explain names");
        Assert.That(File.Exists(folder.Path("page.csv")), Is.False);
    }

    /// <summary>As on a disk that is read-only, or of somebody else's run.</summary>
    [Test]
    public void ARunThatCannotBeWrittenIsScored()
    {
        RequireUnix();
        string own = folder.Path("of-somebody-else");
        ProgramRun.Good(new TrainedRun(own).Begin(epochs: 1));
        File.WriteAllText(Path.Combine(own, "evaluate-skipped.txt"), "of an earlier evaluation");
        string mount = $"mount --bind '{own}' '{own}' && mount -o remount,ro,bind '{own}' && exec \"$@\"";
        string[] readOnly = ["unshare", "-m", "sh", "-c", mount, "sh"];
        if (ProgramRun.Of(new ProcessStartInfo("sh", ["-c", $"{Shell(readOnly)} true"])).ExitCode != 0)
            Assert.Ignore("This needs the right to make a folder read-only.");
        using var evaluation = ProgramProcess.StartUnder(
            readOnly, "evaluate", "--run", own, "--data", DrawnGalaxies.Folder, "--json");
        Assert.That(evaluation.WaitForExit(), Is.Zero, string.Join('\n', evaluation.ErrorLines));
        Assert.That(
            evaluation.ErrorLines,
            Has.Some.Contain("evaluate-skipped.txt: cannot be written")
                .And.Some.Contain("report.html: cannot be written"));
    }

    [TestCase("")]
    [TestCase("*.jpg")]
    public void TheLabelsAreNotWrittenOver(string pattern)
    {
        using var data = new TemporaryFolder();
        DrawnGalaxies.CopyTo(data.Root, 2);
        string labels = GalaxyFolder.LabelsPath(data.Root);
        string before = File.ReadAllText(labels);
        string images = Path.Combine(GalaxyFolder.ImagesPath(data.Root), pattern);
        ProgramRun.Of("predict", "--run", run, "--images", images, "--out", labels)
            .AssertRefused(UserError, labels, "has the votes for the images");
        Assert.That(File.ReadAllText(labels), Is.EqualTo(before));
    }

    [TestCase("predict", "s.skipped.txt")]
    [TestCase("preprocess", "out", "skipped.txt")]
    [TestCase("explore", "out", "skipped.txt")]
    public void AFileThatIsNoListOfWhatWasLeftOutStays(string command, params string[] place)
    {
        using var own = new TemporaryFolder();
        string notes = own.Path(place);
        Directory.CreateDirectory(Path.GetDirectoryName(notes)!);
        File.WriteAllText(notes, "my notes");
        string[] arguments = command == "predict"
            ? ["predict", "--run", run, "--images", DrawnGalaxies.Images, "--out", own.Path("s.csv")]
            : [command, "--data", DrawnGalaxies.Folder, "--out", own.Path("out")];
        ProgramRun.Of(arguments).AssertRefused(UserError, notes, "is no list of what --skip-bad left out");
        Assert.That(File.ReadAllText(notes), Is.EqualTo("my notes"));
        File.Delete(notes);
        Directory.CreateDirectory(notes);
        ProgramRun.Of(arguments).AssertRefused(UserError, notes, "is a folder");
    }

    [TestCase("history.csv")]
    [TestCase("loss.csv")]
    public void AFileOfTheRunIsNotWrittenOver(string name)
    {
        byte[] before = File.ReadAllBytes(Path.Combine(run, name));
        ProgramRun.Of(PredictTo(Path.Combine(run, name)))
            .AssertRefused(UserError, name, "is a file of the run", "give another --out");
        Assert.That(File.ReadAllBytes(Path.Combine(run, name)), Is.EqualTo(before));
    }

    [Test]
    public void TheEndingOfAFigureSaysItsFormat()
    {
        foreach (var (name, start) in new[] { ("f.png", "89504E47"), ("f.jpg", "FFD8FF"), ("F.JPEG", "FFD8FF") })
        {
            ProgramRun.Good(
                "evaluate", "--run", run, "--data", DrawnGalaxies.Folder, "--figure", folder.Path(name));
            Assert.That(Convert.ToHexString(File.ReadAllBytes(folder.Path(name))), Does.StartWith(start));
        }
    }

    [TestCase("")]
    [TestCase("images_training_rev1")]
    [TestCase("images_training_rev1/cropped")]
    public void CropsAreNotWrittenWhereImagesAreRead(string inside)
    {
        using var data = new TemporaryFolder();
        DrawnGalaxies.CopyTo(data.Root, 2);
        ProgramRun.Of("preprocess", "--data", data.Root, "--out", data.Path(inside))
            .AssertRefused(UserError, "give another --out");
        Assert.That(Directory.GetFiles(data.Root, "*.png", SearchOption.AllDirectories), Is.Empty);
        ProgramRun.Good("preprocess", "--data", data.Root, "--out", data.Path("cropped"));
    }

    private static string Shell(string[] words) => string.Join(' ', words.Select(ShellWord.Of));

    private static void RequireUnix()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows has no such files.");
    }

    private string[] Predict(string name) => PredictTo(folder.Path(name));

    private string[] PredictTo(string path) =>
        ["predict", "--run", run, "--images", DrawnGalaxies.Images, "--out", path];
}
