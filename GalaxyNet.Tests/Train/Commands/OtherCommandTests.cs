namespace GalaxyNet.Tests;

/// <summary>The commands around training.</summary>
[TestFixture]
internal sealed class OtherCommandTests
{
    private const int UserError = 1;

    [TestCase("baseline")]
    [TestCase("compare")]
    [TestCase("demo")]
    [TestCase("devices")]
    [TestCase("evaluate")]
    [TestCase("explore")]
    [TestCase("gradcheck")]
    [TestCase("illustrate")]
    [TestCase("predict")]
    [TestCase("preprocess")]
    [TestCase("summary")]
    [TestCase("train")]
    public void EveryCommandHasHelpWithAnExampleAndJson(string command) =>
        Assert.That(
            ProgramRun.Good(command, "--help").Output, Does.Contain($"Example: {command}").And.Contain("--json"));

    [TestCase("kernels")]
    [TestCase("ladder")]
    [TestCase("ptx")]
    [TestCase("throughput")]
    public void EveryBenchmarkHasHelpWithAnExampleAndJson(string command)
    {
        var output = new StringWriter();
        Assert.That(BenchmarkProgram.Run([command, "--help"], output, TextWriter.Null), Is.Zero);
        Assert.That(output.ToString(), Does.Contain($"Example: {command}").And.Contain("--json"));
    }

    [Test]
    public void CompletionHasHelpWithAnExampleForEachShell() =>
        Assert.That(
            ProgramRun.Good("completion", "--help").Output,
            Does.Contain("completion bash").And.Contain("completion zsh").And.Contain("completion fish"));

    [Test]
    public void DevicesSaysWhatAutoTakes() =>
        Assert.That(
            ProgramRun.Good("devices").Output.Split('\n'), Has.Exactly(1).Contains("auto takes this"));

    [Test]
    public void DevicesSaysWhichMpiThereIs() =>
        Assert.That(ProgramRun.Good("devices").Output.Split('\n'), Has.Some.Contains("MPI: "));

    [Test]
    public void DevicesAreJsonToo()
    {
        var json = ProgramRun.Good("devices", "--json").Json;
        var kinds = json.GetProperty("devices").EnumerateArray()
            .Select(device => device.GetProperty("kind").GetString());
        Assert.That(kinds, Has.Member("cpu").And.Member(json.GetProperty("auto").GetString()));
    }

    [Test]
    public void ASummaryIsJsonToo()
    {
        var json = ProgramRun.Good("summary", "--json").Json;
        Assert.That(json.GetProperty("parameter_count").GetInt32(), Is.EqualTo(8_942_021));
        var first = json.GetProperty("layers")[0];
        Assert.That(first.GetProperty("name").GetString(), Is.EqualTo("conv1"));
        Assert.That(
            first.GetProperty("output_shape").EnumerateArray().Select(extent => extent.GetInt32()),
            Is.EqualTo([64, 64, 64]));
    }

    [Test]
    public void PreprocessCountsInJsonToo()
    {
        using var folder = new TemporaryFolder();
        string output = folder.Path("out");
        var json = ProgramRun.Good("preprocess", "--data", DrawnGalaxies.Folder, "--out", output, "--json").Json;
        Assert.That(json.GetProperty("folder").GetString(), Is.EqualTo(output));
        Assert.That(json.GetProperty("written").GetInt32(), Is.EqualTo(DrawnGalaxies.Count));
        Assert.That(json.GetProperty("already_there").GetInt32(), Is.Zero);
        Assert.That(json.GetProperty("skipped").GetInt32(), Is.Zero);
    }

    [Test]
    public void TheProgramSaysItsExitCodes() =>
        Assert.That(
            ProgramRun.Good("--help").Output,
            Does.Contain(
                "0 after success, 1 after an error, 2 after wrong usage, 130 after Ctrl-C, 143 after SIGTERM"));

    [Test]
    public void SummaryShowsTheLayers() =>
        Assert.That(ProgramRun.Good("summary").Output, Does.Contain("conv3_bn").And.Contain("8,942,021"));

    [Test]
    public void PreprocessDoesWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        DrawnGalaxies.CopyTo(folder.Root, 3);
        string dark = GalaxyFolder.ImagePath(folder.Root, DrawnGalaxies.FirstId + 1);
        ImageFile.WriteJpeg(dark, new Image(50, 50, 3), quality: 90);
        string[] arguments = ["preprocess", "--data", folder.Root, "--out", folder.Path("out")];

        var first = ProgramRun.Good(arguments);
        Assert.That(first.Output, Does.StartWith("2 images written").And.Contain("1 skipped"));
        Assert.That(first.ErrorLines.Single(), Does.StartWith(dark));
        Assert.That(ImageFile.Read(folder.Path("out", "100001.png")).Width, Is.EqualTo(64));

        File.Delete(folder.Path("out", "100003.png"));
        Assert.That(ProgramRun.Good(arguments).Output, Does.StartWith("1 images written"));

        ProgramRun.Of([.. arguments, "--crop", "tight"]).AssertRefused(UserError, "100001.png", "another --out");
        ProgramRun.Of([.. arguments, "--size", "128"]).AssertRefused(UserError, "100001.png", "another --out");
    }

    [Test]
    public void AnInterruptedPreprocessSaysHowToGoOn()
    {
        using var folder = new TemporaryFolder();
        var run = ProgramRun.Of(
            new StringWriter(),
            new CancellationToken(canceled: true),
            "preprocess", "--data", DrawnGalaxies.Folder, "--out", folder.Path("out"));
        Assert.That(run.ExitCode, Is.EqualTo(130));
        Assert.That(
            run.ErrorLines.Single(), Does.StartWith("Interrupted").And.Contain("the same command does the rest"));
    }

    [Test, Exhaustive]
    public void TheDemoIsTheSameForTheSameSeed()
    {
        using var folder = new TemporaryFolder();
        string[] lastLines = [.. new[] { "a", "b" }.Select(name => LastLineOfDemo(folder.Path(name)))];
        Assert.That(lastLines[0], Does.StartWith("RMSE ").And.EqualTo(lastLines[1]));
        string[] drawings = Directory.GetFiles(folder.Path("a", "galaxies"), "*", SearchOption.AllDirectories);
        Assert.That(drawings, Has.Length.EqualTo(6));
        foreach (string path in drawings)
        {
            string other = Path.Combine(folder.Path("b"), Path.GetRelativePath(folder.Path("a"), path));
            Assert.That(File.ReadAllBytes(other), Is.EqualTo(File.ReadAllBytes(path)), path);
        }
    }

    [Test]
    public void TheDemosResultIsOneJsonObjectIfAskedFor()
    {
        var json = ProgramRun.Good("demo", "--galaxies", "5", "--epochs", "1", "--json").Json;
        Assert.That(json.GetProperty("images").GetInt32(), Is.EqualTo(1));
        Assert.That(json.GetProperty("rmse").GetDouble(), Is.GreaterThan(0));
    }

    [Test]
    public void ADemoIsNotDrawnOver()
    {
        using var folder = new TemporaryFolder();
        string[] demo = ["demo", "--galaxies", "5", "--epochs", "1", "--out", folder.Path("d")];
        ProgramRun.Good(demo);
        string labels = GalaxyFolder.LabelsPath(folder.Path("d", "galaxies"));
        File.Delete(labels);
        ProgramRun.Of(demo).AssertRefused(
            UserError, $"{folder.Path("d")}: holds a demo already", "train --resume --data ", folder.Path("d", "run"));
        Assert.That(File.Exists(labels), Is.False);
    }

    private static string LastLineOfDemo(string folder) =>
        ProgramRun.Good("demo", "--galaxies", "5", "--epochs", "1", "--out", folder)
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
}
