using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>What a run will take of a device's memory is known before: for any batch, and without taking any.</summary>
[TestFixture, NonParallelizable] // it measures the process's memory
internal sealed class MemoryNeedTests
{
    private const int UserError = 1;
    private const double MostShareOff = 0.1;
    private const long Plenty = 1L << 50;

    private static TrainingSettings AttemptOne => new() { Attempt = 1, BatchSize = 1 };

    [Test, Exhaustive]
    public void TheNeedIsThatOfARealStepOnTheSimulator()
    {
        using var device = Device.OpenSimulator();
        var plan = new TrainingPlan(AttemptOne with { BatchSize = 2 });
        double expected = MemoryNeed.OfTraining(device, plan).At(2);
        Assert.That(RealSteps.Bytes(device, plan), Is.EqualTo(expected));
    }

    [TestCase(1)]
    [TestCase(3, Category = ExhaustiveAttribute.Name)]
    [TestCase(4)]
    [TestCase(5)]
    public void TheNeedToPredictIsThatOfARealPass(int attempt)
    {
        using var device = Device.OpenCpu(2);
        var plan = new TrainingPlan(new TrainingSettings { Attempt = attempt, BatchSize = 9 });
        double expected = MemoryNeed.OfPrediction(device, plan).At(9);
        using var network = plan.CreatePredictor(device, maxBatch: 9);
        using var loop = RealSteps.LoopOfBlackImages(network, plan);
        loop.Predict([.. Enumerable.Range(0, 9)], [Pose.AsIs, new Pose(1)]);
        Assert.That(device.Memory.MostBytes, Is.EqualTo(expected));
    }

    /// <summary>What the process really takes, .NET's own memory included.</summary>
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [Exhaustive]
    public void TheProcessGrowsByTheNeed(int attempt)
    {
        using var device = Device.OpenCpu(2);
        RealSteps.Bytes(device, new TrainingPlan(AttemptOne)); // compiles what all of them need
        var plan = new TrainingPlan(new TrainingSettings { Attempt = attempt, BatchSize = 64 });
        var process = new ProcessMemory();
        RealSteps.Bytes(device, plan);
        double need = MemoryNeed.OfTraining(device, plan).At(64);
        TestContext.Out.WriteLine($"{ByteCount.Text(process.PeakGrowth)} for {ByteCount.Text(need)}");
        Assert.That(process.PeakGrowth, Is.EqualTo(need).Within(100 * MostShareOff).Percent);
    }

    /// <summary>Of attempt 3, which takes more than a gigabyte.</summary>
    [TestCase(DeviceKind.Cpu)]
    [TestCase(DeviceKind.Simulator)]
    public void AskingForTheNeedTakesNeitherMemoryNorTime(DeviceKind kind)
    {
        const int most = 8 << 20;
        using var device = Device.Open(kind, 2);
        var plan = new TrainingPlan(new TrainingSettings { Attempt = 3 });
        MemoryNeed.OfTraining(device, plan).At(32); // compiles
        var process = new ProcessMemory();
        var watch = Stopwatch.StartNew();
        Assert.That(MemoryNeed.OfTraining(device, plan).At(64), Is.GreaterThan(1e9));
        Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(0.5));
        Assert.That(process.PeakGrowth, Is.LessThan(most));
        Assert.That((device.Memory.MostBytes, device.Memory.Frees), Is.EqualTo((0, 0)));
    }

    [Test]
    public void WhereNotEvenOneImageFitsTheUserIsToldWhatToDo()
    {
        using var device = Device.OpenCpu(2);
        device.Memory.Limit = 90_000_000;
        Assert.That(
            () => MemoryNeed.RequireForTraining(device, new TrainingPlan(AttemptOne with { BatchSize = 64 })),
            Throws.InstanceOf<UserErrorException>().With.Message.Match(
                "^--batch-size 64: needs [0-9.]+ MB of memory, but CPU, .* has only 26 MB left for it: not even 1, "
                + "which needs [0-9.]+ MB, would fit: take another --attempt or --device, or a machine with more "
                + "memory$"));
        device.Memory.Limit = 70_000_000;
        Assert.That(
            () => MemoryNeed.BatchToPredictIn(device, new TrainingPlan(AttemptOne)),
            Throws.InstanceOf<UserErrorException>().With.Message.StartsWith("Predicting needs ")
                .And.Message.Contains(" for a single image, but CPU, "));
    }

    [Test]
    public void ABatchMayBeTooLargeToBeIndexed()
    {
        using var device = Device.OpenCpu(2);
        var plan = new TrainingPlan(AttemptOne);
        var need = MemoryNeed.OfTraining(device, plan);
        Assert.That(need.Refusal(plan.MostImages, "GPU", Plenty), Is.Null);
        Assert.That(
            need.Refusal(plan.MostImages + 1, "GPU", Plenty),
            Is.EqualTo($"is more than can be indexed in every layer: {plan.MostImages} would fit"));
        double ofAll = need.At(plan.MostImages);
        Assert.That(need.At(2 * plan.MostImages), Is.EqualTo(2 * ofAll).Within(1).Percent);
    }

    /// <summary>The need on an NVIDIA GPU is counted by what its driver would be asked for.</summary>
    [Test, Exhaustive]
    public void TheProgramSaysWhichBatchWouldFitOnAGpu()
    {
        using var folder = new TemporaryFolder();
        using var machine = new StubMachine("h100");
        string[] options = ["--device", "cuda", "--batch-size", "100000"];
        machine.Train(["train", "--data", DrawnGalaxies.Folder, "--out", folder.Path("run"), .. options])
            .AssertRefused(UserError, "--batch-size 100000: needs ", "B of memory, but NVIDIA", " would fit");
        Assert.That(machine.Kernels, Is.Empty);
    }
}
