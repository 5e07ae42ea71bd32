namespace GalaxyNet.Tests;

/// <summary>A device's memory: the need is known beforehand, and none is lost by a fault or over time.</summary>
[TestFixture, NonParallelizable] // it measures the process's memory
internal sealed class DeviceMemoryTests
{
    private const int UserError = 1;
    private const int Steps = 2000;
    private const int FirstSteps = 200; // by then all that grows has grown

    private static readonly Lazy<TrainingData> Data = new(() => new TrainingData(
        GalaxyDataset.Load(GalaxyFolder.Open(DrawnGalaxies.Folder), GalaxyCrop.Tight, 64),
        new TrainingPlan(AttemptOne)));

    private static TrainingSettings AttemptOne => new() { Attempt = 1, BatchSize = 1 };

    [Test]
    public void MemoryIsCountedUntilItIsFreed()
    {
        using var device = Device.OpenCpu(2);
        Assert.That(device.AllocatedBytes, Is.Zero);
        using (device.Allocate([1000, 1000]))
            Assert.That(device.AllocatedBytes, Is.InRange(4_000_000, 4_001_000));
        Assert.That(device.AllocatedBytes, Is.Zero);
        Assert.That(device.FreeBytes, Is.InRange(1L << 20, 1L << 50));
    }

    /// <summary>There are about 40 allocations: every one of them is the first to fail, or comes after it.</summary>
    [TestCase(DeviceKind.Cpu)]
    [TestCase(DeviceKind.Simulator)]
    public void NothingIsLostWhereverMemoryRunsOut(DeviceKind kind)
    {
        const int limits = 60;
        using var device = Device.Open(kind, 2);
        long needed = BytesOfEverything(device);
        for (int i = 0; i < limits; i++)
        {
            device.Memory.Limit = needed * i / limits;
            Assert.That(
                () => BytesOfEverything(device),
                Throws.InstanceOf<DeviceMemoryException>(),
                $"with {device.Memory.Limit} bytes");
            Assert.That(device.AllocatedBytes, Is.Zero, $"with {device.Memory.Limit} bytes");
        }
        device.Memory.Limit = needed;
        Assert.That(BytesOfEverything(device), Is.EqualTo(needed));
    }

    [Test]
    public void NothingIsLostWhereALayerFails()
    {
        using var device = Device.OpenCpu(2);
        Assert.That(
            () => new Sequential(device, SmallNetwork.InputShape, 4, 1, [.. SmallNetwork.Layers, new FailingLayer()]),
            Throws.InstanceOf<NotSupportedException>());
        Assert.That(device.AllocatedBytes, Is.Zero);
    }

    [Test, Exhaustive]
    public void NothingIsLostWhereTrainingFails()
    {
        using var device = Device.OpenCpu(2);
        var diverging = new TrainingPlan(AttemptOne with { LearningRate = 1e18f });
        using (var run = new TrainingRun(device, diverging, Data.Value))
            Assert.That(() => run.TrainEpoch(() => { }, null, default), Throws.InstanceOf<TrainingFaultException>());
        Assert.That(device.AllocatedBytes, Is.Zero);
        using (var run = new TrainingRun(device, new TrainingPlan(AttemptOne), Data.Value))
        {
            int steps = 0;
            Assert.That(
                () => run.TrainEpoch(() => ThrowAt(++steps, 3), null, default),
                Throws.InstanceOf<NotSupportedException>());
        }
        Assert.That(device.AllocatedBytes, Is.Zero);
    }

    [Test, Exhaustive]
    public void TwoThousandStepsOfASmallNetworkTakeNoMore()
    {
        using var device = Device.OpenCpu(2);
        using var network = SmallNetwork.Create(device);
        using var optimizer = new AdamOptimizer(network);
        using var step = new TrainingStep(network, optimizer, [0.2f, 0.3f, 0.5f]);
        int[] order = [.. Enumerable.Range(0, 10)]; // batches of 4, 4 and 2
        using var loop = new BatchLoop(
            network,
            new ImageBlock(new byte[order.Length * SmallNetwork.InputShape.Count], SmallNetwork.InputShape),
            new float[order.Length * SmallNetwork.Outputs]);
        AssertConstant(device, mostGrowth: 8 << 20, () =>
        {
            int steps = loop.Train(step, order, image => new Pose(image), () => { }).Count();
            loop.TakeResults();
            return steps;
        });
    }

    [Test, Exhaustive]
    public void TwoThousandStepsOfARunTakeNoMore()
    {
        using var device = Device.OpenCpu(2);
        using var run = new TrainingRun(device, new TrainingPlan(AttemptOne), Data.Value);
        AssertConstant(device, mostGrowth: 32 << 20, () =>
        {
            int steps = 0;
            run.TrainEpoch(() => steps++, null, default);
            return steps;
        });
    }

    /// <summary>
    /// Attempt 4 in training keeps the outputs of its stages and their indices, and only two gradients of what fc1 and
    /// fc2 are given: the larger ones replace the outputs that they are the gradients of.
    /// </summary>
    [Test]
    public void TheGradientsOfConvolutionsTakeNoMemoryOfTheirOwn()
    {
        const int Pooled = (64 * 32 * 32) + (96 * 16 * 16) + (128 * 8 * 8);
        const int Outputs = Pooled + (96 * 32 * 32) + (128 * 16 * 16) + 1024 + 256 + GalaxyZooNetworks.Classes;
        const int Gradients = 8192 + 1024;
        Assert.That(
            BytesOfAttemptFour(maxBatch: 3) - BytesOfAttemptFour(maxBatch: 1),
            Is.EqualTo(2 * ((sizeof(float) * (Outputs + Gradients)) + Pooled)));

        static long BytesOfAttemptFour(int maxBatch)
        {
            using var device = Device.OpenCpu(1);
            using var network = GalaxyZooNetworks.Attempt(4).Create(device, maxBatch, seed: 1);
            return device.AllocatedBytes;
        }
    }

    private static IEnumerable<TestCaseData> Runs()
    {
        foreach (int attempt in (int[])[1, 2, 3, 4, 5])
        {
            foreach (var optimizer in Enum.GetValues<OptimizerKind>())
            {
                foreach (float average in (float[])[0f, 0.999f])
                    yield return new TestCaseData(attempt, optimizer, average)
                        .InDefaultTier(attempt is 1 or 4 && optimizer == OptimizerKind.Adam && average > 0f);
            }
        }
    }

    [TestCaseSource(nameof(Runs))]
    public void TheNeedIsThatOfARealStep(int attempt, OptimizerKind optimizer, float average)
    {
        foreach (var registers in VectorRegisters.All)
        {
            using var device = Device.OpenCpu(2, registers);
            var plan = new TrainingPlan(new TrainingSettings
            {
                Attempt = attempt,
                BatchSize = 7,
                Optimizer = optimizer,
                WeightAverage = average,
            });
            double expected = MemoryNeed.OfTraining(device, plan).At(7);
            Assert.That(device.AllocatedBytes, Is.Zero);
            Assert.That(RealSteps.Bytes(device, plan), Is.EqualTo(expected));
        }
    }

    /// <summary>For the batch that is suggested there is room, and not for one more.</summary>
    [Test]
    public void TheSuggestedBatchFits()
    {
        using var device = Device.OpenCpu(2);
        device.Memory.Limit = 200_000_000;
        double left = MemoryNeed.LeftOn(device);
        var plan = new TrainingPlan(AttemptOne with { BatchSize = 5000 });
        var refused = Assert.Throws<UserErrorException>(() => MemoryNeed.RequireForTraining(device, plan));
        Assert.That(
            refused!.Message,
            Does.StartWith("--batch-size 5000: needs ").And.Contain($" has only {ByteCount.Text(left)} left for it: ")
                .And.EndWith(" would fit"));
        int suggested = int.Parse(refused.Message.Split(' ')[^3]);
        Assert.That(RealSteps.Bytes(device, Of(suggested)), Is.LessThanOrEqualTo(left));
        Assert.That(MemoryNeed.OfTraining(device, plan).At(suggested + 1), Is.GreaterThan(left));
        Assert.That(() => MemoryNeed.RequireForTraining(device, Of(suggested)), Throws.Nothing);
        Assert.That(() => MemoryNeed.RequireForTraining(device, Of(suggested + 1)), Throws.Exception);

        static TrainingPlan Of(int batch) => new(AttemptOne with { BatchSize = batch });
    }

    [TestCase("100000000")]
    [TestCase("2000000000")]
    public void TheProgramSaysWhichBatchWouldFit(string batch)
    {
        using var folder = new TemporaryFolder();
        string[] device = ["--device", "cpu", "--batch-size", batch];
        ProgramRun.Of(["train", "--data", DrawnGalaxies.Folder, "--out", folder.Path("run"), .. device])
            .AssertRefused(
                UserError, $"--batch-size {batch}: needs ", "B of memory, but CPU", " left for it: ", " would fit");
    }

    [Test, Exhaustive]
    public void PredictingTakesTheBatchThatFits()
    {
        using var folder = new TemporaryFolder();
        var trained = new TrainedRun(folder.Path("run"));
        ProgramRun.Good(trained.Begin(epochs: 1));
        string options = Path.Combine(trained.Folder, "options.json");
        File.WriteAllText(
            options,
            File.ReadAllText(options).Replace("\"batch_size\": 1,", "\"batch_size\": 5000,", StringComparison.Ordinal));
        using var device = Device.OpenCpu(2);
        device.Memory.Limit = 150_000_000;
        double left = MemoryNeed.LeftOn(device);
        var run = new RunFolder(trained.Folder);
        var plan = run.ReadOptions().Plan;
        using var network = run.LoadNetwork(device, plan, CheckpointKind.Last, TestContext.Out.WriteLine);
        var need = MemoryNeed.OfPrediction(device, plan);
        Assert.That(need.At(network.MaxBatch), Is.LessThanOrEqualTo(left));
        Assert.That(need.At(network.MaxBatch + 1), Is.GreaterThan(left));
    }

    private static void AssertConstant(Device device, long mostGrowth, Func<int> train)
    {
        int steps = 0;
        while (steps < FirstSteps)
            steps += train();
        long deviceBytes = device.AllocatedBytes;
        long processBytes = ProcessBytes();
        while (steps < Steps)
            steps += train();
        Assert.That(device.AllocatedBytes, Is.EqualTo(deviceBytes));
        Assert.That(ProcessBytes() - processBytes, Is.LessThan(mostGrowth));
    }

    private static long ProcessBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // Gives memory back: else what counts is how much garbage fitted in before the last collection.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }

    private static long BytesOfEverything(Device device)
    {
        using var network = SmallNetwork.Create(device);
        using var optimizer = new AdamOptimizer(network);
        using var step = new TrainingStep(network, optimizer, [0.2f, 0.3f, 0.5f]);
        using var loop = new BatchLoop(
            network,
            new ImageBlock(new byte[4 * SmallNetwork.InputShape.Count], SmallNetwork.InputShape),
            new float[4 * SmallNetwork.Outputs]);
        return device.AllocatedBytes;
    }

    private static void ThrowAt(int step, int fatal)
    {
        if (step == fatal)
            throw new NotSupportedException();
    }

    private sealed record FailingLayer() : Layer("failing")
    {
        internal override Stage CreateStage(StageContext context) => throw new NotSupportedException();

        internal override void AddTo(OnnxGraph graph) => throw new NotSupportedException();
    }
}
