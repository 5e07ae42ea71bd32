using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>What <c>train --tensorboard</c> writes is what the run did, and changes nothing of it.</summary>
[TestFixture]
internal sealed class TensorBoardTests : IDisposable
{
    private const int UserError = 1;
    private const int Epochs = 3;
    private const int Steps = Epochs * TrainedRun.StepsPerEpoch;
    private const float LearningRate = 0.001f;

    private static readonly string[] Schedule = ["--schedule", "cosine", "--warm-up", "1"];
    private static readonly int[] LastSteps =
        [.. Enumerable.Range(1, Epochs).Select(epoch => epoch * TrainedRun.StepsPerEpoch)];

    private readonly TemporaryFolder folder = new();
    private TrainedRun logged = null!;
    private ProgramRun training = null!;
    private Dictionary<string, List<ShownValue>> shown = null!;

    [OneTimeSetUp]
    public void Train()
    {
        logged = Run("logged");
        training = ProgramRun.Good(Begin(logged, "--tensorboard", "--json"));
        shown = Shown(logged);
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void TheBitsAreThoseOfARunWithoutIt()
    {
        var plain = Run("plain");
        ProgramRun.Good(Begin(plain));
        logged.AssertSameWeightsAs(plain);
        Assert.That(
            File.ReadAllText(Path.Combine(logged.Folder, "loss.csv")),
            Is.EqualTo(File.ReadAllText(Path.Combine(plain.Folder, "loss.csv"))));
        Assert.That(Directory.Exists(EventsOf(plain)), Is.False);
    }

    [Test]
    public void EveryStepHasItsLossAndItsLearningRate()
    {
        float[] losses =
        [
            .. File.ReadLines(Path.Combine(logged.Folder, "loss.csv")).Skip(1)
                .Select(line => float.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)),
        ];
        AssertShows("step/loss", Enumerable.Range(1, Steps), losses);
        AssertShows("step/learning_rate", Enumerable.Range(1, Steps), [.. Enumerable.Range(0, Steps).Select(RateOf)]);
    }

    [Test]
    public void EveryEpochHasItsErrorsAtItsLastStep()
    {
        var history = training.Json.GetProperty("history").EnumerateArray().ToArray();
        float[] Of(string name) => [.. history.Select(epoch => (float)epoch.GetProperty(name).GetDouble())];
        AssertShows("epoch/loss", LastSteps, Of("loss"));
        AssertShows("epoch/test_rmse", LastSteps, Of("rmse"));
        AssertShows("epoch/images_per_second", LastSteps, Of("images_per_second"));
    }

    [TestCase("validation", "--validation-fraction", "0.3")]
    [TestCase("training", "--test-fraction", "0", Category = ExhaustiveAttribute.Name)]
    public void TheErrorHasTheNameOfTheGalaxies(string name, params string[] option)
    {
        var run = Run(name);
        ProgramRun.Good(run.Begin(epochs: 1, ["--tensorboard", .. option]));
        Assert.That(
            Shown(run).Keys.Where(tag => tag.EndsWith("_rmse", StringComparison.Ordinal)),
            Is.EqualTo([$"epoch/{name}_rmse"]));
    }

    [Test]
    public void EveryWeightAndItsGradientHaveAHistogramEachEpoch()
    {
        using var weights = Safetensors.Open(Path.Combine(logged.Folder, "weights.safetensors"));
        foreach (string name in weights.Entries.Keys)
        {
            float[] values = MemoryMarshal.Cast<byte, float>(weights.BytesOf(name)).ToArray();
            var (left, right, count) = shown[$"weights/{name}"][^1].Buckets;
            Assert.That(
                (left[0], right[^1], count.Sum()), Is.EqualTo((values.Min(), values.Max(), values.Length)), name);
            Assert.That(shown[$"gradients/{name}"][^1].Buckets.Count.Sum(), Is.EqualTo(values.Length), name);
            foreach (string group in new[] { "weights", "gradients" })
            {
                var histograms = shown[$"{group}/{name}"];
                Assert.That(histograms.Select(each => each.Plugin), Is.All.EqualTo("histograms"));
                Assert.That(histograms.Select(each => each.Step), Is.EqualTo(LastSteps));
            }
        }
    }

    [Test]
    public void AFewScoredGalaxiesAreShownWithTheirAnswers()
    {
        var options = new RunFolder(logged.Folder).ReadOptions();
        var galaxies = GalaxyDataset.Load(
            GalaxyFolder.Open(DrawnGalaxies.Folder), options.Plan.Crop, options.Plan.Size);
        var scored = new TrainingData(galaxies, options.Plan).Scored.Images;
        var tables = shown["galaxies/answers"];
        Assert.That(tables.Select(table => table.Step), Is.EqualTo(LastSteps));
        foreach (int galaxy in scored)
        {
            var pictures = shown[$"galaxies/{galaxies.Ids[galaxy]}"];
            Assert.That(pictures.Select(picture => picture.Step), Is.EqualTo(LastSteps));
            Assert.That(pictures.Select(picture => picture.Tensor.StringVal[2]), Is.Unique, "the predictions change");
            var parts = pictures[^1].Tensor.StringVal;
            var image = new ImageDecoder().Decode(parts[2].ToByteArray(), "picture.png");
            Assert.That(
                parts.Take(2).Select(extent => extent.ToStringUtf8()),
                Is.EqualTo([$"{image.Width}", $"{image.Height}"]));
            var voted = MainAnswers.Of(galaxies.Target(galaxy))[0];
            string row = tables[^1].Text.Split('\n').Single(
                line => line.StartsWith($"| {galaxies.Ids[galaxy]} |", StringComparison.Ordinal));
            Assert.That(row, Does.Contain(string.Create(
                CultureInfo.InvariantCulture, $"| {voted.Name} {100 * voted.Share:F0} %")));
        }
    }

    [Test]
    public void TheOptionsAreATable()
    {
        var table = shown["options"].Single();
        Assert.That((table.Step, table.Plugin), Is.EqualTo((1, "text")));
        Assert.That(
            table.Text.Split('\n'),
            Does.Contain("| schedule | cosine |").And.Contain($"| epochs | {Epochs} |")
                .And.Contain("| shuffle | false |"));
    }

    [Test]
    public void ARunThatIsResumedGoesOnInANewFile()
    {
        var run = Run("resumed");
        using var interruption = new CancellationTokenSource();
        var first = ProgramRun.Of(
            new CancelAt("epoch 1/", interruption), interruption.Token, Begin(run, "--tensorboard"));
        Assert.That(first.ErrorLines[^1], Does.EndWith(" --device cpu --tensorboard"));
        ProgramRun.Good(run.GoOn("--tensorboard"));
        Assert.That(EventReader.Files(EventsOf(run)), Has.Length.EqualTo(2));
        AssertShowsTheSame(run);
        Assert.That(
            Shown(run)["options"].Select(each => each.Step), Is.EqualTo([1, TrainedRun.StepsPerEpoch + 1]));
    }

    /// <summary>As after a crash: the last checkpoint is within an epoch, or before its score.</summary>
    [TestCase(5), TestCase(TrainedRun.StepsPerEpoch), Exhaustive]
    public void WhatIsRepeatedIsNotShownTwice(int checkpointEvery)
    {
        var run = Run($"repeated-{checkpointEvery}");
        ProgramRun.Good(Begin(run, "--tensorboard", "--checkpoint-every", $"{checkpointEvery}"));
        File.Delete(run.PathOf($"epoch-{Epochs}.safetensors"));
        File.Delete(Path.Combine(run.Folder, "weights.safetensors"));
        ProgramRun.Good(run.GoOn("--tensorboard"));
        bool hasGradients = checkpointEvery < TrainedRun.StepsPerEpoch;
        AssertShowsTheSame(run, besides: hasGradients ? "options" : "gradients/");
        if (!hasGradients) // they were those of a step that was not repeated
            Assert.That(Shown(run)["gradients/fc1.weight"].Select(each => each.Step), Is.EqualTo(LastSteps[..^1]));
    }

    [Test]
    public void AFileInPlaceOfTheFolderIsRefusedBeforeAnythingIsDone()
    {
        var run = Run("taken");
        Directory.CreateDirectory(run.Folder);
        File.WriteAllText(EventsOf(run), "");
        ProgramRun.Of(Begin(run, "--tensorboard")).AssertRefused(UserError, EventsOf(run), "is a file; give a folder");
        Assert.That(run.Checkpoints, Is.Empty);
    }

    [Test]
    public void TheFolderBelongsToTheRun() => Assert.That(
        RunFolder.IsOwn(logged.Folder, Path.Combine(EventsOf(logged), "events.out.tfevents.1")));

    /// <summary>The shards' gradients are added where they are: they are those of the whole mini-batch.</summary>
    [Test, Exhaustive]
    public void ShardsHaveTheGradientsOfTheMiniBatch()
    {
        const string bias = "gradients/fc3.bias";
        var histograms = new[] { 1, 2 }.Select(shards =>
        {
            var run = Run($"shards-{shards}");
            string[] arguments = [.. run.Begin(epochs: 1, "--tensorboard", "--shards", $"{shards}")];
            arguments[Array.IndexOf(arguments, "--batch-size") + 1] = "10";
            ProgramRun.Good(arguments);
            return Shown(run)[bias].Single().Buckets;
        }).ToArray();
        Assert.That(histograms[1].Left[0], Is.EqualTo(histograms[0].Left[0]).Within(0.01).Percent);
        Assert.That(histograms[1].Right[^1], Is.EqualTo(histograms[0].Right[^1]).Within(0.01).Percent);
    }

    [Test]
    public void TensorBoardItselfReadsTheSame()
    {
        string script = Path.Combine(
            TestContext.CurrentContext.TestDirectory, "Train", "TensorBoard", "tensorboard_reader.py");
        string json = folder.Path("read.json");
        Python.RunWith("tensorboard", script, EventsOf(logged), json);
        var read = JsonElement.Parse(File.ReadAllText(json));
        Assert.That(read.EnumerateObject().Select(tag => tag.Name), Is.EquivalentTo(shown.Keys));
        foreach (var (tag, values) in shown)
        {
            var series = read.GetProperty(tag);
            Assert.That(series.GetProperty("plugin").GetString(), Is.EqualTo(values[0].Plugin));
            Assert.That(
                series.GetProperty("steps").EnumerateArray().Select(step => step.GetInt64()),
                Is.EqualTo(values.Select(value => value.Step)));
            foreach (var (value, expected) in series.GetProperty("values").EnumerateArray().Zip(values))
            {
                Assert.That(IntegersOf(value.GetProperty("shape")), Is.EqualTo(expected.Shape));
                var elements = value.GetProperty("elements").EnumerateArray().Select(each => each.GetDouble());
                Assert.That(elements, Is.EqualTo(expected.Plugin is "scalars" or "histograms"
                    ? expected.Numbers
                    : expected.Tensor.StringVal.Select(bytes => (double)bytes.Length)));
            }
        }
    }

    private static string EventsOf(TrainedRun run) => Path.Combine(run.Folder, "tensorboard");

    private static Dictionary<string, List<ShownValue>> Shown(TrainedRun run) => EventReader.Shown(EventsOf(run));

    private static string[] Begin(TrainedRun run, params string[] more) => run.Begin(Epochs, [.. Schedule, .. more]);

    private static int[] IntegersOf(JsonElement array) => [.. array.EnumerateArray().Select(each => each.GetInt32())];

    /// <summary>An epoch of warm-up, then half a period of the cosine.</summary>
    private static float RateOf(int step)
    {
        const int warmUp = TrainedRun.StepsPerEpoch;
        return step < warmUp
            ? LearningRate * (step + 1) / warmUp
            : (float)(LearningRate * (1 + Math.Cos(Math.PI * (step - warmUp) / (Steps - warmUp))) / 2);
    }

    private TrainedRun Run(string name) => new(folder.Path(name));

    private void AssertShows(string tag, IEnumerable<int> steps, float[] numbers)
    {
        Assert.That(shown[tag].Select(value => value.Plugin), Is.All.EqualTo("scalars"));
        Assert.That(shown[tag].Select(value => value.Step), Is.EqualTo(steps));
        Assert.That(shown[tag].Select(value => value.Number), Is.EqualTo(numbers));
    }

    /// <summary>The same as of the run that was never stopped, but for the speed and the options.</summary>
    private void AssertShowsTheSame(TrainedRun run, string besides = "options")
    {
        var other = Shown(run);
        Assert.That(other.Keys, Is.EquivalentTo(shown.Keys));
        foreach (string tag in shown.Keys.Except(["options", "epoch/images_per_second"])
            .Where(tag => !tag.StartsWith(besides, StringComparison.Ordinal)))
            Assert.That(other[tag], Is.EqualTo(shown[tag]), tag);
    }
}
