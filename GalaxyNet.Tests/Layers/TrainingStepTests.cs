namespace GalaxyNet.Tests;

/// <summary>Training as a whole: it learns, and a run that was interrupted goes on as if it had not been.</summary>
[TestFixture]
internal sealed class TrainingStepTests
{
    private static readonly float[] ClassWeights = [0.2f, 0.3f, 0.5f];

    [TestCase("adam")]
    [TestCase("sgd")]
    public void TheLossFalls(string optimizer)
    {
        using var run = new Run(optimizer);
        run.Step();
        float first = run.TrainingStep.ReadLoss();
        for (int i = 0; i < 60; i++)
            run.Step();
        Assert.That(run.TrainingStep.ReadLoss(), Is.LessThan(0.7f * first));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void EveryDeviceTakesTheSameSteps(string device)
    {
        using Run expected = new("sgd"), run = new("sgd", device: device);
        expected.Step(3);
        run.Step(3);
        float[] weights = run.Network.Values.Flat.ToArray();
        Assert.That(
            RelativeDifference.Of<float, float>(weights, expected.Network.Values.Flat.ToArray()), Is.LessThan(1e-5));
        Assert.That(run.TrainingStep.ReadLoss(), Is.EqualTo(expected.TrainingStep.ReadLoss()).Within(1e-5));
    }

    [Test]
    public void NoWeightOfAnOutputMovesWhereNoTargetIsKnown()
    {
        const int Unknown = 1;
        using var network = SmallNetwork.Create(TestDevices.Get("cpu-512"));
        using var optimizer = new SgdOptimizer(network, 0.1f);
        using var step = new TrainingStep(network, optimizer, ClassWeights);
        using Tensor input = SmallNetwork.Input(network.Device), target = SmallNetwork.Target(network.Device);
        target.CopyFrom(
            [.. target.ToArray().Select((t, i) => i % SmallNetwork.Outputs == Unknown ? float.NaN : t)]);
        float[][] before = Rows();
        step.Run(input, target);
        Assert.That(float.IsFinite(step.ReadLoss()));
        Assert.That(
            before.Zip(Rows(), (was, now) => !was.SequenceEqual(now)),
            Is.EqualTo(Enumerable.Range(0, SmallNetwork.Outputs).Select(output => output != Unknown)));

        float[][] Rows() =>
        [
            .. network.Values["fc2.weight"].ToArray().Chunk(network.Values["fc2.weight"].Shape[1])
                .Zip(network.Values["fc2.bias"].ToArray(), (weights, bias) => weights.Append(bias).ToArray()),
        ];
    }

    [TestCase("adam")]
    [TestCase("sgd")]
    public void ARunGoesOnFromAFileBitForBit(string optimizer)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"resume-{optimizer}.safetensors");
        using var whole = new Run(optimizer);
        whole.Step(3);
        StateFile.Save(path, whole.State, new Dictionary<string, string> { ["epoch"] = "1" });
        whole.Step(3);

        using var resumed = new Run(optimizer, seed: 1);
        var metadata = StateFile.Load(path, resumed.State);
        resumed.Step(3);
        Assert.Multiple(() =>
        {
            Assert.That(metadata["epoch"], Is.EqualTo("1"));
            Assert.That(
                resumed.State.Select(entry => entry.ToBytes()),
                Is.EqualTo(whole.State.Select(entry => entry.ToBytes())));
        });
    }

    [Test]
    public void ANetworkTakesItsWeightsFromACheckpoint()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "checkpoint.safetensors");
        using var run = new Run("adam");
        run.Step(2);
        StateFile.Save(path, run.State);
        using var network = SmallNetwork.Create(run.Network.Device, seed: 99);
        network.Load(path);
        Assert.That(network.Values.Flat.ToArray(), Is.EqualTo(run.Network.Values.Flat.ToArray()));
    }

    [Test]
    public void TheLossIsTheWeightedSquareErrorAveragedOverTheBatch()
    {
        using var run = new Run("sgd");
        float[] target = run.Target.ToArray();
        float[] output = run.TrainingStep.Run(run.Input, run.Target).ToArray();
        double expected = output.Select((y, i) => Math.Pow(y - target[i], 2) * ClassWeights[i % 3]).Sum();
        Assert.That(run.TrainingStep.ReadLoss(), Is.EqualTo(expected / SmallNetwork.MaxBatch).Within(1e-6));
    }

    [Test]
    public void AStepThatCannotWorkIsRefused()
    {
        var device = TestDevices.Get("cpu-512");
        using var network = SmallNetwork.Create(device);
        using var other = SmallNetwork.Create(device);
        using var optimizer = new AdamOptimizer(network);
        using var images = new Sequential(device, [1, 2, 2], 1, 1, [new ReluLayer("relu")]);
        using var imagesOptimizer = new AdamOptimizer(images);
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new TrainingStep(other, optimizer, ClassWeights),
                Throws.ArgumentException.With.Message.StartsWith("The optimizer is another network's."));
            Assert.That(() => new TrainingStep(network, optimizer, [1f]), Throws.ArgumentException);
            Assert.That(
                () => new TrainingStep(images, imagesOptimizer, [1f, 1f, 1f, 1f]),
                Throws.ArgumentException.With.Message.Contains("flatten"));
        });
    }

    [Test]
    public void ARefusedStepChangesNothing()
    {
        using var run = new Run("adam");
        using var wrong = run.Network.Device.Allocate([SmallNetwork.MaxBatch, 2]);
        var gone = run.Network.Device.Allocate(run.Target.Shape);
        gone.Dispose();
        byte[][] before = [.. run.State.Select(entry => entry.ToBytes())];
        Assert.Multiple(() =>
        {
            Assert.That(() => run.TrainingStep.Run(run.Input, wrong), Throws.ArgumentException);
            Assert.That(() => run.TrainingStep.Run(wrong, run.Target), Throws.ArgumentException);
            Assert.That(() => run.TrainingStep.Run(run.Input, gone), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => run.TrainingStep.Run(null!, run.Target), Throws.ArgumentNullException);
            run.TrainingStep.Dispose();
            Assert.That(
                () => run.TrainingStep.Run(run.Input, run.Target), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(run.TrainingStep.ReadLoss, Throws.InstanceOf<ObjectDisposedException>());
        });
        Assert.That(run.State.Select(entry => entry.ToBytes()), Is.EqualTo(before));
    }

    [Test]
    public void ADisposedOptimizerStopsTheStepBeforeItBegins()
    {
        var device = TestDevices.Get("cpu-512");
        using var network = SmallNetwork.Create(device);
        var optimizer = new AdamOptimizer(network);
        using var step = new TrainingStep(network, optimizer, ClassWeights);
        using Tensor input = SmallNetwork.Input(device), target = SmallNetwork.Target(device);
        optimizer.Dispose();
        Assert.That(() => step.Run(input, target), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(optimizer.Update, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(network.Steps.Value, Is.Zero);
    }

    [Test]
    public void ThereIsNoLossBeforeTheFirstStep()
    {
        using var run = new Run("sgd");
        Assert.That(
            run.TrainingStep.ReadLoss, Throws.InvalidOperationException.With.Message.Contains("before the first step"));
    }

    private sealed class Run : IDisposable
    {
        private readonly Optimizer optimizer;

        public Run(string optimizerName, ulong seed = 1, string device = "cpu-512")
        {
            var opened = TestDevices.Get(device);
            Network = SmallNetwork.Create(opened, seed);
            optimizer = optimizerName == "adam"
                ? new AdamOptimizer(Network, 1e-2f)
                : new SgdOptimizer(Network, 0.5f, momentum: 0.9f);
            TrainingStep = new TrainingStep(Network, optimizer, ClassWeights);
            Input = SmallNetwork.Input(opened);
            Target = SmallNetwork.Target(opened);
        }

        public Sequential Network { get; }

        public TrainingStep TrainingStep { get; }

        public Tensor Input { get; }

        public Tensor Target { get; }

        public IReadOnlyList<StateEntry> State => [.. Network.Weights, Network.Steps, .. optimizer.State];

        public void Step(int count = 1)
        {
            for (int i = 0; i < count; i++)
                TrainingStep.Run(Input, Target);
        }

        public void Dispose()
        {
            TrainingStep.Dispose();
            optimizer.Dispose();
            Network.Dispose();
            Input.Dispose();
            Target.Dispose();
        }
    }
}
