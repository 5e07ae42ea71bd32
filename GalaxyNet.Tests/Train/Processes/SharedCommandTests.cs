using System.CommandLine;

namespace GalaxyNet.Tests;

/// <summary><c>evaluate</c> and <c>predict</c> among processes say and write what one process does.</summary>
[TestFixture]
internal sealed class SharedCommandTests : IDisposable
{
    private const int Galaxies = 11;

    private readonly TemporaryFolder folder = new();

    private string Data => folder.Path("data");

    [OneTimeSetUp]
    public void Train()
    {
        SmallGalaxies.Write(Data, [.. Enumerable.Range(1, Galaxies)]);
        File.WriteAllText(SmallGalaxies.ImagePath(Data, 3), "no image");
        ImageFile.WritePng(SmallGalaxies.ImagePath(Data, 6), new Image(50, 50, 3));
        // Between the thresholds of the two runs' crops.
        SmallGalaxies.WriteFaint(SmallGalaxies.ImagePath(Data, 8));
        foreach (string attempt in new[] { "1", "4" })
            ProgramRun.Good(
                "train", "--data", DrawnGalaxies.Folder, "--out", RunOf(rank: 0, attempt), "--attempt", attempt,
                "--epochs", "1", "--device", "cpu");
        for (int rank = 1; rank < 4; rank++)
            Array.ForEach(["1", "4"], attempt => Copy(RunOf(0, attempt), RunOf(rank, attempt)));
    }

    public void Dispose() => folder.Dispose();

    [TestCase(2, Category = ExhaustiveAttribute.Name)]
    [TestCase(4)]
    public void EvaluationIsThatOfOneProcess(int processes)
    {
        string[] alone = Evaluate(1, "--json");
        string page = Device.BitsOf(File.ReadAllText(Path.Combine(RunOf(0, "1"), "report.html")));
        File.Delete(Path.Combine(RunOf(0, "1"), "report.html"));
        Assert.That(Evaluate(processes, "--json"), Is.EqualTo(alone.Concat(Enumerable.Repeat("", processes - 1))));
        Assert.That(
            Device.BitsOf(File.ReadAllText(Path.Combine(RunOf(0, "1"), "report.html"))), Is.EqualTo(page));
        Assert.That(File.Exists(Path.Combine(RunOf(0, "1"), "evaluate-skipped.txt")));
        for (int rank = 1; rank < processes; rank++)
            Assert.That(File.Exists(Path.Combine(RunOf(rank, "1"), "evaluate-skipped.txt")), Is.False);
        Assert.That(
            Evaluate(processes, "--run", "4", "--average-views", "2")[0],
            Is.EqualTo(Evaluate(1, "--run", "4", "--average-views", "2").Single()));
    }

    [TestCase(2), TestCase(4), Exhaustive]
    public void PredictionIsThatOfOneProcess(int processes)
    {
        var (table, page, skipped) = Predict(1);
        Assert.That(Predict(processes), Is.EqualTo((table, page, skipped)));
        Assert.That(table.Split('\n'), Has.Length.EqualTo(Galaxies + 2));
        Assert.That(skipped, Does.Contain("3.png"));
        for (int rank = 1; rank < processes; rank++)
            Assert.That(Directory.Exists(OutOf(processes, rank)), Is.False);
    }

    [Test]
    public void OtherWeightsAreRefusedByAll()
    {
        string other = folder.Path("other", "1");
        ProgramRun.Good(
            "train", "--data", DrawnGalaxies.Folder, "--out", other, "--attempt", "1", "--epochs", "1", "--device",
            "cpu", "--seed", "5");
        File.Copy(Path.Combine(RunOf(0, "1"), "options.json"), Path.Combine(other, "options.json"), overwrite: true);
        string[] messages = ThreadProcesses.Run(2, each => Assert.Throws<UserErrorException>(() => Run(
            each, "evaluate", "--run", each.Rank == 0 ? RunOf(0, "1") : other, "--data", Data))!.Message);
        Assert.That(messages, Is.All.Contains("Process 1 on").And.All.Contains("weights of 1"));
    }

    [Test]
    public void AllEndWhereOneIsInterrupted()
    {
        var images = new ImageBlock(new byte[3 * SmallNetwork.InputShape.Count], SmallNetwork.InputShape);
        bool[] ended = ThreadProcesses.Run(2, each =>
        {
            using var device = Device.OpenCpu(1);
            using var network = SmallNetwork.Create(device);
            using var loop = new BatchLoop(network, images, targets: []);
            Assert.That(
                () => SharedPrediction.Predict(
                    each,
                    loop,
                    images,
                    [0, 1, 2],
                    [Pose.AsIs],
                    cancellation: new CancellationToken(canceled: each.Rank == 1)),
                Throws.InstanceOf<OperationCanceledException>());
            return true;
        });
        Assert.That(ended, Is.All.True);
    }

    private static void Copy(string run, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(run))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    /// <summary>Runs a command as one of several processes.</summary>
    /// <returns>What it writes to standard output.</returns>
    private static string Run(ICollective processes, params string[] arguments)
    {
        var output = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Null, default);
        var root = new RootCommand
        {
            new EvaluateCommand(terminal, processes), new PredictCommand(terminal, processes),
        };
        Assert.That(CommandProgram.Run(root, [.. arguments, "--device", "cpu"], terminal), Is.Zero);
        return output.ToString();
    }

    private string[] Evaluate(int processes, params string[] more) => ThreadProcesses.Run(processes, each => Run(
        each,
        [
            "evaluate", "--run", RunOf(each.Rank, "1"), "--data", Data, "--skip-bad",
            .. more.Select(word => word == "4" ? RunOf(each.Rank, word) : word),
        ]));

    private (string Table, string Page, string Skipped) Predict(int processes)
    {
        ThreadProcesses.Run(processes, each => Run(
            each,
            [
                "predict", "--run", RunOf(each.Rank, "1"), "--run", RunOf(each.Rank, "4"), "--skip-bad", "--images",
                GalaxyFolder.ImagesPath(Data), "--out", Path.Combine(OutOf(processes, each.Rank), "table.csv"),
                "--explain", Path.Combine(OutOf(processes, each.Rank), "page.html"), "--explain-images", "2",
            ]));
        string written = OutOf(processes, rank: 0);
        return (Read("table.csv"), Read("page.html"), Read("table.skipped.txt"));

        string Read(string name) => File.ReadAllText(Path.Combine(written, name));
    }

    private string RunOf(int rank, string attempt) => folder.Path($"rank{rank}", attempt);

    private string OutOf(int processes, int rank) => folder.Path($"{processes}-{rank}");
}
