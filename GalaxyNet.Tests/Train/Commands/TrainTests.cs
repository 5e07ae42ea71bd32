using System.Globalization;
using System.Text.Json.Nodes;

namespace GalaxyNet.Tests;

/// <summary>Training from the command line to a run folder, and all that is done with one.</summary>
[TestFixture]
internal sealed class TrainTests : IDisposable
{
    private const int UserError = 1;
    private const int Interrupted = 130;
    private const string Epochs = "2";
    private static readonly string[] Small = ["--attempt", "1", "--seed", "7", "--epochs", Epochs];

    private readonly TemporaryFolder folder = new();
    private ProgramRun training = null!;

    private string Run => folder.Path("run");

    private string SmallRun => folder.Path("small");

    [OneTimeSetUp]
    public void TrainOnce()
    {
        training = ProgramRun.Good(TrainInto(Run, "--epochs", Epochs, "--json"));
        ProgramRun.Good(TrainInto(SmallRun, Small));
    }

    public void Dispose() => folder.Dispose();

    [TestCase("0", true)]
    [TestCase("1", false)]
    public void ARunThatIsWorseThanAGuessIsToldWhatMayHelp(string warmUp, bool mayWarmUp)
    {
        string[] barelyMoving = ["--attempt", "1", "--epochs", "1", "--learning-rate", "1e-9", "--warm-up", warmUp];
        string error = ProgramRun.Good(TrainInto(folder.Path($"worse-{warmUp}"), barelyMoving)).Error;
        Assert.That(error, Does.Contain("no better yet than always guessing the mean"));
        Assert.That(error, Does.Contain("a smaller --learning-rate than 1E-09"));
        Assert.That(error.Contains("--warm-up 2", StringComparison.Ordinal), Is.EqualTo(mayWarmUp), error);
        string page = File.ReadAllText(folder.Path($"worse-{warmUp}", "report.html"));
        Assert.That(page, Does.Contain("<div class=\"warnings\">").And.Contain("Mind the warning at the top"));
    }

    [Test]
    public void TheResultIsOneJsonObjectAndTheEpochsAreLines()
    {
        var json = training.Json;
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("train_images").GetInt32(), Is.EqualTo(8));
            Assert.That(json.GetProperty("test_images").GetInt32(), Is.EqualTo(2));
            Assert.That(json.GetProperty("rmse_of").GetString(), Is.EqualTo("test"));
            Assert.That(json.GetProperty("history").GetArrayLength(), Is.EqualTo(2));
            Assert.That(training.ErrorLines, Has.Exactly(2).StartsWith("epoch "));
            Assert.That(training.Error, Does.Not.Contain('\u001b'));
        });
    }

    [Test]
    public void AnOpenClDeviceTrainsLikeTheCpu()
    {
        if (!Device.List().Any(device => device.Kind == DeviceKind.OpenCl))
            Assert.Ignore("This machine has no opencl device.");
        string[] oneEpoch = ["--epochs", "1", "--warm-up", "1", "--seed", "1"];
        double[][] losses =
        [
            .. new[] { "cpu", "opencl" }.Select(device =>
            {
                string run = folder.Path($"like-{device}");
                ProgramRun.Good([.. TrainInto(run, oneEpoch).Select(word => word == "cpu" ? device : word)]);
                return File.ReadLines(Path.Combine(run, "loss.csv")).Skip(1)
                    .Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)).ToArray();
            }),
        ];
        Assert.That(losses[0], Has.Length.EqualTo(3));
        for (int i = 0; i < losses[0].Length; i++)
            Assert.That(losses[1][i], Is.EqualTo(losses[0][i]).Within(0.1).Percent, $"step {i + 1}");
    }

    /// <summary>A processor has no tensor cores: it says so, and computes the same bits.</summary>
    [Test, Exhaustive]
    public void APrecisionIsARunsOwn()
    {
        string run = folder.Path("tf32");
        var trained = ProgramRun.Good(TrainInto(run, [.. Small, "--precision", "tf32"]));
        Assert.That(trained.ErrorLines, Has.Exactly(1).StartsWith("Computing in float32: CPU, "));
        Assert.That(
            File.ReadAllBytes(Path.Combine(run, "weights.safetensors")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(SmallRun, "weights.safetensors"))));
        var resumed = ProgramRun.Of(TrainInto(run, "--resume", "--precision", "float32"));
        Assert.That(resumed.ExitCode, Is.EqualTo(UserError));
        Assert.That(resumed.Error, Does.Contain("was begun with --precision tf32"));
    }

    [Test]
    public void TheHistoryIsATable()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Run, "history.csv"));
        Assert.That(lines[0], Is.EqualTo("epoch,loss,rmse,images_per_second,seconds"));
        Assert.That(lines.Skip(1).Select(line => line[..2]), Is.EqualTo(["1,", "2,"]));
    }

    [Test]
    public void TheLossOfEveryStepIsATableAndAnImage()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Run, "loss.csv"));
        double[] losses = [.. lines.Skip(1).Select(line => double.Parse(line.Split(',')[1]))];
        var history = training.Json.GetProperty("history").EnumerateArray().ToArray();
        Assert.That(lines[0], Is.EqualTo("step,loss"));
        Assert.That(losses, Has.Length.EqualTo(6)); // of 3, 3 and 2 galaxies, twice
        for (int epoch = 0; epoch < 2; epoch++)
            Assert.That(
                ((3 * losses[3 * epoch]) + (3 * losses[(3 * epoch) + 1]) + (2 * losses[(3 * epoch) + 2])) / 8,
                Is.EqualTo(history[epoch].GetProperty("loss").GetDouble()).Within(1e-6));
        var figure = ImageFile.Read(Path.Combine(Run, "loss.png"));
        Assert.That(figure.Pixels.Distinct().Count(), Is.GreaterThan(20));
    }

    [Test]
    public void EvaluationOfTheTestGivesTheScoreOfTheLastEpoch()
    {
        var json = Evaluate("--subset", "test").Json;
        Assert.That(json.GetProperty("images").GetInt32(), Is.EqualTo(2));
        Assert.That(
            json.GetProperty("rmse").GetDouble(),
            Is.EqualTo(training.Json.GetProperty("rmse").GetDouble()).Within(1e-7));
    }

    [Test]
    public void EvaluationAgreesWithThePredictions()
    {
        string table = folder.Path("predictions.csv");
        var written = ProgramRun.Good(
            "predict", "--run", Run, "--images", DrawnGalaxies.Images, "--out", table, "--json");
        Assert.That(written.Json.GetProperty("predictions").GetInt32(), Is.EqualTo(DrawnGalaxies.Count));
        var predicted = Labels.Load(table);
        var labels = Labels.Load(GalaxyFolder.LabelsPath(DrawnGalaxies.Folder));
        var score = new Score(predicted.Fractions, labels.Fractions);

        var json = Evaluate("--subset", "all").Json;
        Assert.Multiple(() =>
        {
            Assert.That(predicted.Ids, Is.EqualTo(labels.Ids));
            Assert.That(json.GetProperty("images").GetInt32(), Is.EqualTo(DrawnGalaxies.Count));
            Assert.That(json.GetProperty("rmse").GetDouble(), Is.EqualTo(score.Rmse).Within(1e-5));
            Assert.That(
                json.GetProperty("rmse_per_class").EnumerateObject().Select(each => each.Name),
                Is.EqualTo(DecisionTree.ClassNames));
            Assert.That(
                json.GetProperty("rmse_per_class").EnumerateObject().Select(each => each.Value.GetDouble()),
                Is.EqualTo(score.RmsePerClass).Within(1e-5));
        });
    }

    [Test]
    public void AveragedViewsAreThoseOfTheRunUnlessOthersAreAskedFor()
    {
        string run = folder.Path("views");
        var trained = ProgramRun.Good(
            TrainInto(run, "--attempt", "1", "--epochs", "1", "--average-views", "8", "--json"));
        double[] scores =
        [
            .. new string[][] { [], ["--average-views", "8"], ["--average-views", "1"] }
                .Select(views => ProgramRun.Good(
                    ["evaluate", "--run", run, "--data", DrawnGalaxies.Folder, "--subset", "test", "--json", .. views]))
                .Select(result => result.Json.GetProperty("rmse").GetDouble()),
        ];
        Assert.That(scores[0], Is.EqualTo(trained.Json.GetProperty("rmse").GetDouble()));
        Assert.That(scores[1], Is.EqualTo(scores[0]));
        Assert.That(scores[2], Is.Not.EqualTo(scores[0]));

        byte[] averaged = Predict("averaged.csv");
        Assert.That(Predict("asked.csv", "--average-views", "8"), Is.EqualTo(averaged));
        Assert.That(Predict("single.csv", "--average-views", "1"), Is.Not.EqualTo(averaged));

        byte[] Predict(string name, params string[] more)
        {
            ProgramRun.Good(
                ["predict", "--run", run, "--images", DrawnGalaxies.Images, "--out", folder.Path(name), .. more]);
            return File.ReadAllBytes(folder.Path(name));
        }
    }

    [Test]
    public void EvenADarkImageGetsARow()
    {
        using var images = new TemporaryFolder();
        File.Copy(GalaxyFolder.ImagePath(DrawnGalaxies.Folder, DrawnGalaxies.FirstId), images.Path("20.jpg"));
        ImageFile.WritePng(images.Path("3.png"), new Image(50, 50, 3));
        string answers = folder.Path("of-a-dark-image.csv");
        var run = ProgramRun.Good("predict", "--run", Run, "--images", images.Root, "--out", answers, "--json");
        Assert.That(Labels.Load(answers).Ids, Is.EqualTo([3L, 20L]));
        Assert.That(run.Error, Does.Contain(images.Path("3.png")));
        Assert.That(run.Json.GetProperty("dark_pictures")[0].GetString(), Is.EqualTo(images.Path("3.png")));
    }

    [Test]
    public void AnInterruptedRunThatIsResumedGivesTheSameBits()
    {
        string run = folder.Path("interrupted");
        var first = InterruptAfterFirstEpoch(run, "--epochs", Epochs);
        Assert.That(
            first.ErrorLines[^1],
            Does.StartWith("Interrupted after epoch 1, which is kept; continue with: dotnet ")
                .And.Contain(" train --resume --data ").And.Contain(run));

        ProgramRun.Good("train", "--data", DrawnGalaxies.Folder, "--out", run, "--resume");
        AssertSameFile(Run, run, "weights.safetensors");
    }

    [Test]
    public void AnInterruptionBeforeTheFirstEpochKeepsNothing()
    {
        string run = folder.Path("unfinished");
        var result = ProgramRun.Of(
            new StringWriter(), new CancellationToken(canceled: true), TrainInto(run, "--attempt", "1"));
        Assert.That(result.ExitCode, Is.EqualTo(Interrupted));
        Assert.That(Directory.GetFiles(run, "*.safetensors", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void TheSameSeedGivesTheSameBitsAndAnotherDoesNot()
    {
        foreach ((string name, string seed) in new[] { ("first", "7"), ("second", "7"), ("other", "8") })
            ProgramRun.Good(TrainInto(folder.Path(name), "--attempt", "1", "--epochs", "1", "--seed", seed));
        AssertSameFile(folder.Path("first"), folder.Path("second"), "weights.safetensors");
        Assert.That(
            Bytes(folder.Path("other"), "weights.safetensors"),
            Is.Not.EqualTo(Bytes(folder.Path("first"), "weights.safetensors")));
    }

    [Test]
    public void WithoutATestTheTrainingErrorIsReported()
    {
        string run = folder.Path("all");
        var result = ProgramRun.Good(TrainInto(run, "--attempt", "1", "--epochs", "1", "--test-fraction", "0"));
        Assert.That(result.Output, Does.StartWith("training RMSE").And.Contain("no galaxies were kept for the test"));
        ProgramRun.Of("evaluate", "--run", run, "--data", DrawnGalaxies.Folder, "--subset", "test")
            .AssertRefused(UserError, "leave out --subset test");
    }

    [Test]
    public void ARunIsNotOverwritten() =>
        ProgramRun.Of(TrainInto(Run)).AssertRefused(UserError, Run, "--resume");

    [Test, Exhaustive]
    public void AFinishedRunStaysAsItIs()
    {
        byte[] before = Bytes(Run, "weights.safetensors");
        var result = ProgramRun.Good("train", "--data", DrawnGalaxies.Folder, "--out", Run, "--resume", "--json");
        Assert.That(
            result.Json.GetProperty("rmse").GetDouble(), Is.EqualTo(training.Json.GetProperty("rmse").GetDouble()));
        Assert.That(Bytes(Run, "weights.safetensors"), Is.EqualTo(before));
    }

    [Test]
    public void OptionsThatTheRunWasNotBegunWithAreNamed() =>
        ProgramRun.Of(TrainInto(Run, "--resume", "--attempt", "1", "--seed", "7"))
            .AssertRefused(UserError, Run, "--attempt 4, --seed 42: leave that out");

    [TestCase("--shuffle", "false", Category = ExhaustiveAttribute.Name)]
    [TestCase("--split-seed", "8", Category = ExhaustiveAttribute.Name)]
    [TestCase("--flips", "false", Category = ExhaustiveAttribute.Name)]
    [TestCase("--rotation", "bilinear", Category = ExhaustiveAttribute.Name)]
    [TestCase("--rotation", "none", Category = ExhaustiveAttribute.Name)]
    [TestCase("--warm-up", "2", Category = ExhaustiveAttribute.Name)]
    [TestCase("--schedule", "constant", Category = ExhaustiveAttribute.Name)]
    [TestCase("--output", "shares")]
    [TestCase("--zoom", "1", Category = ExhaustiveAttribute.Name)]
    [TestCase("--weight-average", "0", Category = ExhaustiveAttribute.Name)]
    [TestCase("--weight-decay", "0.1", Category = ExhaustiveAttribute.Name)]
    [TestCase("--optimizer", "sgd", "--momentum", "0.9", Category = ExhaustiveAttribute.Name)]
    public void AnOptionChangesTheRunAndIsKeptWithIt(params string[] option)
    {
        string straight = folder.Path("straight" + string.Concat(option));
        string resumed = folder.Path("resumed" + string.Concat(option));
        ProgramRun.Good(TrainInto(straight, [.. Small, .. option]));
        Assert.That(Bytes(straight, "weights.safetensors"), Is.Not.EqualTo(Bytes(SmallRun, "weights.safetensors")));

        InterruptAfterFirstEpoch(resumed, [.. Small, .. option]);
        ProgramRun.Good(TrainInto(resumed, "--resume"));
        AssertSameFile(straight, resumed, "weights.safetensors");
        AssertSameFile(straight, resumed, "loss.csv");
    }

    [Test]
    public void ARunIsOnlyResumedOnItsOwnGalaxies()
    {
        using var fewer = new TemporaryFolder();
        DrawnGalaxies.CopyTo(fewer.Root, 3);
        ProgramRun.Of("train", "--data", fewer.Root, "--out", Run, "--resume")
            .AssertRefused(UserError, fewer.Root, "is not the data", Run);
        ProgramRun.Of("evaluate", "--run", Run, "--data", fewer.Root, "--subset", "test")
            .AssertRefused(UserError, fewer.Root, "is not the data");
    }

    /// <summary>As in a job that may be started again, perhaps after it was stopped while it read images.</summary>
    [TestCase(false)]
    [TestCase(true, Category = ExhaustiveAttribute.Name)]
    public void ARunIsBegunWhereThereIsNoneToResume(bool wasLocked)
    {
        string run = folder.Path($"repeated-{wasLocked}");
        if (wasLocked)
        {
            Directory.CreateDirectory(run);
            File.WriteAllText(Path.Combine(run, "run.lock"), "");
        }
        string[] job = TrainInto(run, "--resume", "--epochs", "1");
        var begun = ProgramRun.Good(job);
        Assert.That(begun.ErrorLines, Has.Exactly(1).EqualTo($"{run}: no run was begun here, so --resume begins one"));
        var repeated = ProgramRun.Good(job);
        Assert.That(repeated.Error, Does.Not.Contain("begins one").And.Contain("has 1 finished epochs already"));
        Assert.That(repeated.Output, Is.EqualTo(begun.Output));
    }

    [Test]
    public void CheckpointsWithoutOptionsAreLeftAlone()
    {
        string run = Begun("without-options");
        File.Delete(Path.Combine(run, "options.json"));
        ProgramRun.Of(TrainInto(run, "--resume")).AssertRefused(UserError, run, "without its options.json");
    }

    [Test]
    public void ARunIsOnlyResumedOnItsOwnImages()
    {
        using var others = new TemporaryFolder();
        DrawnGalaxies.CopyTo(others.Root, DrawnGalaxies.Count);
        File.Copy(
            GalaxyFolder.ImagePath(others.Root, DrawnGalaxies.FirstId),
            GalaxyFolder.ImagePath(others.Root, DrawnGalaxies.FirstId + 1),
            overwrite: true);
        string run = Begun("other-images");
        string[] resume = ["train", "--resume", "--data", others.Root, "--out", run, "--epochs", "99"];
        ProgramRun.Of(resume).AssertRefused(UserError, others.Root, "does not have the images", "another --out");
        var evaluated = ProgramRun.Good("evaluate", "--run", run, "--data", others.Root);
        Assert.That(evaluated.Error, Does.Contain($"{others.Root}: its images are not those that other-images was"));
    }

    [Test, Exhaustive]
    public void ARunOfAnEarlierVersionGoesOnAndSaysThatItsImagesAreNotKnown()
    {
        string run = Begun("of-an-earlier-version");
        string options = Path.Combine(run, "options.json");
        var json = JsonNode.Parse(File.ReadAllText(options))!.AsObject();
        Assert.That(json.Remove("images_digest"));
        File.WriteAllText(options, json.ToJsonString());
        var resumed = ProgramRun.Good(TrainInto(run, "--resume"));
        Assert.That(resumed.ErrorLines, Has.Exactly(1).Contains("kept no digest of the images"));
    }

    [TestCase("weights.safetensors")]
    [TestCase("options.json")]
    public void ADamagedRunIsRefused(string file)
    {
        string run = CopyOfRun("damaged-" + file);
        string path = Path.Combine(run, file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..100]);
        ProgramRun.Of("evaluate", "--run", run, "--data", DrawnGalaxies.Folder).AssertRefused(UserError, path);
    }

    [Test]
    public void WeightsOfAnotherAttemptAreRefused()
    {
        string run = CopyOfRun("mixed");
        string options = Path.Combine(run, "options.json");
        File.WriteAllText(
            options,
            File.ReadAllText(options).Replace("\"attempt\": 4", "\"attempt\": 3", StringComparison.Ordinal));
        ProgramRun.Of("evaluate", "--run", run, "--data", DrawnGalaxies.Folder)
            .AssertRefused(UserError, Path.Combine(run, "weights.safetensors"), "made by another");
    }

    /// <summary>The file is sound, and what is in it is not.</summary>
    [TestCase(float.NaN, "fc1.weight holds NaN or infinite values")]
    [TestCase(float.MaxValue, "predictions are NaN or infinite")]
    public void WeightsThatAreNaNAreRefused(float value, string problem)
    {
        string run = CopyOfRun($"none-{value}");
        string path = Path.Combine(run, "weights.safetensors");
        using (var device = Device.OpenCpu())
        using (var network = GalaxyZooNetworks.Attempt(4).Create(device, 1, 1))
        {
            network.Load(path);
            foreach (string name in new[] { "fc1.weight", "fc2.weight" })
            {
                var values = network.Values[name];
                values.CopyFrom([.. Enumerable.Range(0, values.Count).Select(i => i % 2 == 0 ? value : 0)]);
            }
            network.Save(path);
        }
        ProgramRun.Of("evaluate", "--run", run, "--data", DrawnGalaxies.Folder, "--json")
            .AssertRefused(UserError, problem);
        string predictions = folder.Path($"none-{value}.csv");
        ProgramRun.Of("predict", "--run", run, "--images", DrawnGalaxies.Images, "--out", predictions)
            .AssertRefused(UserError, problem);
        Assert.That(File.Exists(predictions), Is.False);
    }

    [TestCase("\"epochs\": 2", "\"epochs\": -2")]
    [TestCase("\"batch_size\": 3", "\"batch_size\": 2000000000")]
    [TestCase("\"crop\": \"wide\"", "\"crop\": \"tight\"")]
    [TestCase("\"test_fraction\": 0.2", "\"test_fraction\": 2")]
    [TestCase("\"warm_up\": 1", "\"warm_up\": -1")]
    [TestCase("\"zoom\": 0.25", "\"zoom\": -1")]
    public void OptionsThatNoRunCanHaveAreRefused(string said, string changed)
    {
        string run = CopyOfRun("impossible" + changed.Length + changed[1]);
        string options = Path.Combine(run, "options.json");
        Assert.That(File.ReadAllText(options), Does.Contain(said));
        File.WriteAllText(options, File.ReadAllText(options).Replace(said, changed, StringComparison.Ordinal));
        ProgramRun.Of("evaluate", "--run", run, "--data", DrawnGalaxies.Folder)
            .AssertRefused(UserError, options, "is damaged");
        ProgramRun.Of("train", "--resume", "--out", run, "--data", DrawnGalaxies.Folder)
            .AssertRefused(UserError, options, "is damaged");
    }

    private static string[] TrainInto(string run, params string[] more)
    {
        string[] test = more.Contains("--test-fraction") ? [] : ["--test-fraction", "0.2"];
        return
        [
            "train", "--data", DrawnGalaxies.Folder, "--out", run, "--batch-size", "3", "--device", "cpu",
            .. test, .. more,
        ];
    }

    private static ProgramRun InterruptAfterFirstEpoch(string run, params string[] more)
    {
        using var interruption = new CancellationTokenSource();
        var result = ProgramRun.Of(new CancelAt("epoch 1/", interruption), interruption.Token, TrainInto(run, more));
        Assert.That(result.ExitCode, Is.EqualTo(Interrupted), result.Error);
        return result;
    }

    private ProgramRun Evaluate(params string[] more) =>
        ProgramRun.Good(["evaluate", "--run", Run, "--data", DrawnGalaxies.Folder, "--json", .. more]);

    private string Begun(string name)
    {
        ProgramRun.Good(TrainInto(folder.Path(name), "--epochs", "1"));
        return folder.Path(name);
    }

    private string CopyOfRun(string name)
    {
        string copy = folder.Path(name);
        Directory.CreateDirectory(copy);
        foreach (string file in new[] { "options.json", "weights.safetensors" })
            File.Copy(Path.Combine(Run, file), Path.Combine(copy, file));
        return copy;
    }

    private static byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(run, file));

    private static void AssertSameFile(string run, string otherRun, string file) =>
        Assert.That(Bytes(run, file).AsSpan().SequenceEqual(Bytes(otherRun, file)), $"{file} differs");
}
