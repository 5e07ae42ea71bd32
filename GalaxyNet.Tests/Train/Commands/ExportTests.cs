using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary><c>export</c>: with its file others predict what <c>predict</c> does.</summary>
[TestFixture]
internal sealed class ExportTests : IDisposable
{
    private const int UserError = 1;
    private const int Batch = 16;
    private const double Tolerance = 1e-5;

    private readonly TemporaryFolder folder = new();

    private string Run => folder.Path("run");

    private string Model => folder.Path($"{TestContext.CurrentContext.Test.MethodName}.onnx");

    [OneTimeSetUp]
    public void Train() => TrainInto(
        Run,
        DrawnGalaxies.Folder,
        "--attempt",
        "1",
        "--recipe",
        "notebook",
        "--weight-average",
        "0.5",
        "--validation-fraction",
        "0.25");

    public void Dispose() => folder.Dispose();

    [Test]
    public void OnnxRuntimePredictsTheSameInGray() => AssertPredictsTheSame(Run, DrawnGalaxies.Images);

    /// <summary>By a network that sees the middle of a crop.</summary>
    [Test]
    public void OnnxRuntimePredictsTheSameInColor()
    {
        string run = folder.Path("color");
        TrainInto(run, DrawnGalaxies.Folder, "--attempt", "5");
        AssertPredictsTheSame(run, DrawnGalaxies.Images);
    }

    [Exhaustive]
    [TestCase("4")]
    [TestCase("5")]
    public void OnnxRuntimePredictsTheSameForTheGalaxiesOfTheChallenge(string attempt)
    {
        string data = KaggleFolder.Find(), run = folder.Path(attempt);
        TrainInto(run, data, "--attempt", attempt);
        AssertPredictsTheSame(run, Path.Combine(data, "images_test_rev1"));
    }

    [Test]
    public void TheBestEpochIsExportedIfAskedFor()
    {
        string best = Path.Combine(Run, "best.safetensors");
        byte[] before = File.ReadAllBytes(best);
        using (var device = Device.OpenCpu(1))
        using (var other = GalaxyZooNetworks.Attempt(1).Create(device, maxBatch: 1, seed: 99))
            other.Save(best);
        AssertPredictsTheSame(Run, DrawnGalaxies.Images, "--checkpoint", "best");
        File.WriteAllBytes(best, before);
    }

    [Test]
    public void TheMetadataSayWhatTheNetworkHasToBeGiven()
    {
        var said = ProgramRun.Good("export", "--run", Run, "--out", Model, "--json").Json.GetProperty("metadata");
        using var session = new OnnxSession(Model);
        var metadata = session.Metadata;
        Assert.Multiple(() =>
        {
            Assert.That(
                said.EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()),
                Is.EqualTo(metadata));
            Assert.That(metadata["attempt"], Is.EqualTo("1"));
            Assert.That(metadata["checkpoint"], Is.EqualTo("last"));
            Assert.That(metadata["crop"], Is.EqualTo("tight"));
            Assert.That(metadata["crop_in_words"], Does.StartWith("gray = 0.114 red").And.Contain("64x64 pixels"));
            Assert.That(metadata["channels"], Is.EqualTo("gray"));
            Assert.That(metadata["scaling"], Is.EqualTo("byte / 255"));
            Assert.That(metadata["classes"].Split(','), Is.EqualTo(DecisionTree.ClassNames));
            Assert.That(metadata["views"], Is.EqualTo("1"));
        });
    }

    [Test]
    public void WhatIsNotOneTrainedRunIsRefused()
    {
        string second = folder.Path("second");
        Directory.CreateDirectory(second);
        File.Copy(Path.Combine(Run, "options.json"), Path.Combine(second, "options.json"));
        ProgramRun.Of("export", "--run", Run, "--run", second, "--out", Model)
            .AssertRefused(UserError, $"{second}: is a second run", "export each run to a file of its own");
        ProgramRun.Of("export", "--run", second, "--out", Model)
            .AssertRefused(UserError, $"{second}: has no finished epoch yet");
        ProgramRun.Of("export", "--run", Run, "--out", Path.Combine(Run, "best.safetensors"))
            .AssertRefused(UserError, "so its name must end in .onnx");
        Assert.That(File.Exists(Model), Is.False);
    }

    [Test]
    public void AFullDiskIsNamed()
    {
        if (!File.Exists("/dev/full"))
            Assert.Ignore("This needs the device /dev/full.");
        ProgramRun.Of("export", "--run", Run, "--out", "/dev/full")
            .AssertRefused(UserError, "/dev/full: cannot be written (No space left on device)");
    }

    private static void TrainInto(string run, string data, params string[] more) => ProgramRun.Good(
        ["train", "--data", data, "--out", run, "--epochs", "1", "--device", "cpu", .. more]);

    private void AssertPredictsTheSame(string run, string images, params string[] checkpoint)
    {
        string table = Path.ChangeExtension(Model, ".csv");
        ProgramRun.Good(["export", "--run", run, "--out", Model, .. checkpoint]);
        ProgramRun.Good(
        [
            "predict", "--run", run, "--images", images, "--out", table, "--average-views", "1", "--device", "cpu",
            .. checkpoint,
        ]);
        float[][] expected =
        [
            .. File.ReadLines(table).Skip(1).Select(row =>
                row.Split(',')[1..].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
        ];
        double largest = 0;
        foreach (var (image, outputs) in PredictElsewhere(new RunFolder(run).ReadOptions().Plan, images))
            largest = Math.Max(largest, expected[image].Zip(outputs, (a, b) => Math.Abs((double)a - b)).Max());
        TestContext.Out.WriteLine($"The largest difference is {largest:g2}.");
        Assert.That(largest, Is.LessThan(Tolerance));
    }

    /// <summary>What ONNX Runtime makes of images, each with its place in the list.</summary>
    private IEnumerable<(int Image, float[] Outputs)> PredictElsewhere(TrainingPlan plan, string images)
    {
        using var session = new OnnxSession(Model);
        var loaded = CroppedImages.Load(ImageList.Open(images), new CropForm(plan.Crop, plan.Size));
        int[] seen = [.. Enumerable.Range(0, loaded.Count).Where(image => loaded.Crops[image] is not null)];
        foreach (int[] some in seen.Chunk(Batch))
        {
            float[] input =
                [.. some.SelectMany(image => InputOf(plan, loaded.Seen.Images[loaded.Crops[image]!.Value]))];
            float[] outputs = session.Run(plan.Network.InputShape.Batch(some.Length), input);
            foreach (var (image, answers) in some.Zip(outputs.Chunk(DecisionTree.ClassCount)))
                yield return (image, answers);
        }
    }

    /// <summary>The middle of a crop, from 0 to 1.</summary>
    private static float[] InputOf(TrainingPlan plan, ReadOnlySpan<byte> crop)
    {
        var shape = plan.Network.InputShape;
        int side = shape[1], margin = (plan.Size - side) / 2;
        var input = new float[shape.Count];
        for (int i = 0; i < input.Length; i++)
        {
            int channel = i / (side * side), row = (i / side % side) + margin, column = (i % side) + margin;
            input[i] = crop[(((channel * plan.Size) + row) * plan.Size) + column] / 255f;
        }
        return input;
    }
}
