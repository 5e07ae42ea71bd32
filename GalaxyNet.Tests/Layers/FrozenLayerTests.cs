namespace GalaxyNet.Tests;

/// <summary>Frozen layers stay as they are in every bit, and the others learn as if they were not frozen.</summary>
[TestFixture]
internal sealed class FrozenLayerTests
{
    private static readonly string[] First = ["conv1", "conv2", "conv2_bn"];
    private static readonly string[] Between = ["conv2_bn", "fc1"];

    private static Device Cpu => TestDevices.Get("cpu-512");

    private static IEnumerable<TestCaseData> Optimizers()
    {
        foreach (string[] frozen in (string[][])[First, Between])
        {
            yield return Case("Adam", network => new AdamOptimizer(network, 0.01f));
            yield return Case("AdamW", network => new AdamOptimizer(network, 0.01f, weightDecay: 0.5f));
            yield return Case("SGD", network => new SgdOptimizer(network, 0.1f, momentum: 0.9f));
            yield return Case("a program's own", network => new Shrinking(network));

            TestCaseData Case(string name, Func<Sequential, Optimizer> create) =>
                new TestCaseData(frozen, create).SetArgDisplayNames(string.Join('+', frozen), name);
        }
    }

    [TestCaseSource(nameof(Optimizers))]
    public void NoOptimizerChangesThem(string[] frozen, Func<Sequential, Optimizer> create)
    {
        using var network = Create(frozen);
        using var optimizer = create(network);
        using var average = new WeightAverage(network, 0.9f);
        var before = Weights(network);
        Train(network, optimizer, average);
        Assert.That(Unchanged(network, before), Is.EquivalentTo(frozen));
        using (average.Use())
            Assert.That(Unchanged(network, before), Is.EquivalentTo(frozen), "the average");
        Assert.That(
            optimizer.State.Concat(average.State).Where(entry => frozen.Any(name => entry.Name.Contains(name + '.'))),
            Is.Empty,
            "nothing is remembered of them");
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void BehindFrozenLayersGradientsAreThoseOfTheWholeNetwork(string device) =>
        AssertSameGradients(TestDevices.Get(device), "conv1");

    /// <summary>A GPU may find both gradients of a layer by another launch than one alone.</summary>
    [TestCase("fc2")]
    [TestCase("fc1")]
    [TestCase("conv2")]
    [TestCase("conv1", "fc1", "fc2")]
    public void SoTheyAreBeforeThem(params string[] frozen) => AssertSameGradients(Cpu, frozen);

    [Test]
    public void WithoutDropoutTrainingIsThatOfTheLayersBehind()
    {
        Layer[] behind = [new DenseLayer("fc1", 6), new ReluLayer("relu"), new DenseLayer("fc2", SmallNetwork.Outputs)];
        Layer[] before =
        [
            new Conv2dLayer("conv", 5, Kernel: 3) { IsFrozen = true },
            new BatchNorm2dLayer("norm") { IsFrozen = true },
            new ReluLayer("relu_norm"),
            new FlattenLayer("flatten"),
        ];
        using var whole = Of(SmallNetwork.InputShape, [.. before, .. behind]);
        using var features = Of(SmallNetwork.InputShape, before);
        using var head = Of(features.OutputShape, behind);
        head.Values.Flat.CopyFrom(whole.Values.Flat.ToArray());
        using AdamOptimizer ofWhole = new(whole), ofHead = new(head);
        using TrainingStep wholeStep = new(whole, ofWhole, [1f, 1f, 1f]), headStep = new(head, ofHead, [1f, 1f, 1f]);
        using var input = SmallNetwork.Input(Cpu);
        using var target = SmallNetwork.Target(Cpu);
        for (int i = 0; i < 3; i++)
        {
            wholeStep.Run(input, target);
            headStep.Run(features.Forward(input, Mode.Evaluation), target);
        }
        Assert.That(whole.Values.Flat.ToArray(), Is.EqualTo(head.Values.Flat.ToArray()));
    }

    [Test]
    public void TheBackwardPassEndsWhereNothingTrains()
    {
        using var network = Create("conv1", "conv2_bn", "fc1");
        using var timings = new StageTimings();
        network.Timings = timings;
        using var optimizer = new AdamOptimizer(network);
        Train(network, optimizer);
        Assert.That(
            timings.Times.Where(stage => stage.Value.Backward > TimeSpan.Zero).Select(stage => stage.Key),
            Is.EquivalentTo(
            [
                "conv2", "conv2_bn+relu2+pool2", "flatten", "fc1+dropout1+relu_fc1", "fc2",
            ]));
    }

    [Test]
    public void TheyBeginAsTheyWouldWithoutBeingFrozen()
    {
        using var network = Create(Between);
        using var whole = Create();
        Assert.That(Unchanged(network, Weights(whole)), Is.EquivalentTo(["conv1", "conv2", "conv2_bn", "fc1", "fc2"]));
    }

    [Test]
    public void TheyHaveNoGradientsAndNeedNoMemoryForThem()
    {
        using var network = Create(First);
        using var whole = Create();
        Assert.That(
            network.Parameters.Select(each => each.Name),
            Is.EqualTo(["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]));
        Assert.That(
            network.Gradients.Flat.Count,
            Is.EqualTo(network.Values.Flat.Count).And.LessThan(whole.Gradients.Flat.Count / 2));
        Assert.That(
            network.Frozen.Layout.Slots.Select(slot => slot.Name),
            Is.EqualTo(
            [
                "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias",
                "conv2_bn.weight", "conv2_bn.bias", "conv2_bn.running_mean", "conv2_bn.running_var",
            ]));
    }

    [Test]
    public void ANetworkOfWhichNothingTrainsStaysAsItIs()
    {
        using var network = Create([.. SmallNetwork.Layers.Select(layer => layer.Name)]);
        using var optimizer = new AdamOptimizer(network, weightDecay: 0.1f);
        var before = Weights(network);
        Train(network, optimizer);
        Assert.That(Weights(network), Is.EqualTo(before));
    }

    [Test]
    public void ANumberThatIsNotFiniteIsFoundInThem()
    {
        using var network = Create(First);
        using var input = SmallNetwork.Input(Cpu);
        var weight = network.Frozen["conv2.weight"];
        weight.CopyFrom(Enumerable.Repeat(float.NaN, weight.Count).ToArray());
        network.Forward(input, Mode.Training);
        Assert.That(network.FindNonFinite(), Is.EqualTo("conv2.weight"));
        Assert.That(network.FindNonFinite(input), Is.EqualTo("conv2.weight"));
    }

    [Test]
    public void DropoutBeforeLayersThatTrainStaysActive()
    {
        Layer[] layers =
        [
            new FlattenLayer("flatten"),
            new DropoutLayer("dropout", 0.5f) { IsFrozen = true },
            new DenseLayer("fc", 64) { IsFrozen = true },
        ];
        using var network = new Sequential(Cpu, SmallNetwork.InputShape, SmallNetwork.MaxBatch, seed: 1, layers);
        using var input = SmallNetwork.Input(Cpu);
        float[] first = network.Forward(input, Mode.Training).ToArray();
        Assert.That(network.Forward(input, Mode.Training).ToArray(), Is.Not.EqualTo(first));
    }

    [Test]
    public void TheSummaryCountsThem()
    {
        var summary = new NetworkSummary(SmallNetwork.InputShape, SmallNetwork.Frozen("fc2", "relu1"));
        Assert.That(summary.FrozenCount, Is.EqualTo((7 * SmallNetwork.Outputs) + SmallNetwork.Outputs));
        Assert.That(summary.ToString().TrimEnd(), Does.Match(@"\ntotal +\S+\r?\nof them frozen +24$"));
        var whole = new NetworkSummary(SmallNetwork.InputShape, SmallNetwork.Layers);
        Assert.That(whole.ToString(), Does.Not.Contain("frozen"));
    }

    private static Sequential Create(params string[] frozen) =>
        Of(SmallNetwork.InputShape, SmallNetwork.Frozen(frozen));

    private static Sequential Of(Shape inputShape, IReadOnlyList<Layer> layers) =>
        new(Cpu, inputShape, SmallNetwork.MaxBatch, seed: 1, layers);

    private static void Train(Sequential network, Optimizer optimizer, WeightAverage? average = null)
    {
        using var step = new TrainingStep(network, optimizer, [0.2f, 0.3f, 0.5f]);
        using var input = SmallNetwork.Input(Cpu);
        using var target = SmallNetwork.Target(Cpu);
        for (int i = 0; i < 3; i++)
        {
            step.Run(input, target);
            average?.Update();
        }
    }

    private static void AssertSameGradients(Device device, params string[] frozen)
    {
        using var whole = SmallNetwork.Create(device);
        using var network = new Sequential(
            device, SmallNetwork.InputShape, SmallNetwork.MaxBatch, seed: 1, SmallNetwork.Frozen(frozen));
        using var input = SmallNetwork.Input(device);
        using var gradient = SmallNetwork.Target(device);
        foreach (var each in (Sequential[])[whole, network])
        {
            each.Forward(input, Mode.Training);
            each.Backward(gradient);
        }
        double tolerance = device.Schedule == Schedule.Cpu ? 0 : 1e-6;
        foreach (var parameter in network.Parameters)
            Assert.That(
                parameter.Gradient.ToArray(),
                Is.EqualTo(whole.Gradients[parameter.Name].ToArray()).Within(tolerance),
                parameter.Name);
    }

    private static Dictionary<string, byte[]> Weights(Sequential network) =>
        network.Weights.ToDictionary(entry => entry.Name, entry => entry.ToBytes());

    /// <summary>The layers of which nothing has changed.</summary>
    private static IEnumerable<string> Unchanged(Sequential network, Dictionary<string, byte[]> before) =>
        network.Weights
            .GroupBy(entry => entry.Name[..entry.Name.IndexOf('.')])
            .Where(layer => layer.All(entry => entry.ToBytes().SequenceEqual(before[entry.Name])))
            .Select(layer => layer.Key);

    /// <summary>What a program may derive: it makes all weights smaller, and counts the steps in a moment.</summary>
    private sealed class Shrinking : Optimizer
    {
        private readonly ParameterBlock moment;

        public Shrinking(Sequential network)
            : base(network, 0.1f) => moment = AllocateMoment();

        public override IReadOnlyList<StateEntry> State => [.. moment.State("shrinking.")];

        public override void Update()
        {
            var values = Network.Values.Flat;
            values.CopyFrom(Array.ConvertAll(values.ToArray(), value => (0.9f * value) + 0.01f));
            moment.Flat.CopyFrom(Array.ConvertAll(moment.Flat.ToArray(), count => count + 1));
        }

        protected override void Dispose(bool disposing) => moment.Dispose();
    }
}
