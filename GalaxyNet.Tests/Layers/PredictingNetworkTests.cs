namespace GalaxyNet.Tests;

/// <summary>A network that is not trainable: the outputs of one that is, in less memory.</summary>
[TestFixture]
internal sealed class PredictingNetworkTests
{
    private static readonly int[] Batches = [4, 2, 1, 2, 2, 4, 4, 4];

    private static Device Cpu => TestDevices.Get("cpu-512");

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void ItsOutputsHaveTheBitsOfATrainedOnes(string name) =>
        AssertSameBits(TestDevices.Get(name), SmallNetwork.Layers);

    private static IEnumerable<TestCaseData> Chains()
    {
        yield return Chain("in place on nothing but its own", new ReluLayer("relu"), new SigmoidLayer("sigmoid"));
        yield return Chain("dropout hands its input on", new DropoutLayer("dropout", 0.5f), new ReluLayer("relu"));
        yield return Chain("views of the caller's tensor", new FlattenLayer("flatten"), new FlattenLayer("again"));
        yield return Chain(
            "in place where training may not be",
            new BatchNorm2dLayer("bn"),
            new SigmoidLayer("sigmoid1"),
            new DropoutLayer("dropout", 0.2f),
            new ReluLayer("relu"),
            new MaxPool2dLayer("pool", 2),
            new SigmoidLayer("sigmoid2"),
            new FlattenLayer("flatten"),
            new DenseLayer("fc1", 6),
            new DenseLayer("fc2", 9),
            new DropoutLayer("dropout2", 0.2f));
        yield return Chain(
            "pooling of several sizes",
            new MaxPool2dLayer("pool1", 1),
            new Conv2dLayer("conv1", 3, Kernel: 3),
            new DropoutLayer("dropout", 0.2f),
            new ReluLayer("relu"),
            new MaxPool2dLayer("pool2", 2),
            new Conv2dLayer("conv2", 7, Kernel: 1),
            new MaxPool2dLayer("pool3", 3));

        static TestCaseData Chain(string name, params Layer[] layers) =>
            new TestCaseData([layers]).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Chains))]
    public void EveryOrderOfLayersHasTheSameBits(Layer[] layers) => AssertSameBits(Cpu, layers);

    [Test]
    public void ItHoldsItsParametersAndTwoOutputs([Values(1, 3)] int maxBatch)
    {
        using var device = Device.OpenCpu(1);
        using var network = new Sequential(
            device,
            [16],
            maxBatch,
            seed: 1,
            [
                new DenseLayer("fc1", 32),
                new ReluLayer("relu1"),
                new DenseLayer("fc2", 16),
                new DropoutLayer("dropout", 0.2f),
                new DenseLayer("fc3", 32),
                new SigmoidLayer("sigmoid"),
            ],
            trainable: false);
        int parameters = (16 * 32) + 32 + (32 * 16) + 16 + (16 * 32) + 32;
        const int Nothing = 1; // of running statistics, and of what is frozen
        Assert.That(
            device.AllocatedBytes,
            Is.EqualTo(Bytes(parameters) + (2 * Bytes(Nothing)) + Bytes(maxBatch * 32) + Bytes(maxBatch * 16)));

        static int Bytes(int floats) => (sizeof(float) * floats) + CacheLine.Size;
    }

    [Test]
    public void AttemptFourHoldsTwoOutputsOfAnImage()
    {
        const int FirstOutput = 64 * 32 * 32, SecondOutput = 96 * 32 * 32, LargestIndices = FirstOutput;
        long one = BytesOfAttemptFour(maxBatch: 1), many = BytesOfAttemptFour(maxBatch: 9);
        Assert.That(many - one, Is.EqualTo(8 * ((sizeof(float) * (FirstOutput + SecondOutput)) + LargestIndices)));
        long parameters = GalaxyZooNetworks.Attempt(4).Summary.ParameterCount;
        Assert.That(one, Is.LessThan((sizeof(float) * (parameters + FirstOutput + SecondOutput)) + 100_000));
    }

    [Test]
    public void ItCannotBeTrained()
    {
        using var network = Predictor(Cpu, SmallNetwork.Layers);
        using var input = SmallNetwork.Input(Cpu);
        using var gradient = SmallNetwork.Target(Cpu);
        Assert.Multiple(() =>
        {
            Assert.That(network.IsTrainable, Is.False);
            Assert.That(() => network.Forward(input, Mode.Training), CannotTrain);
            Assert.That(() => network.Backward(gradient), CannotTrain);
            Assert.That(() => network.FindNonFinite(input), CannotTrain);
            Assert.That(() => network.Gradients, CannotTrain);
            Assert.That(() => network.Parameters[0].Gradient, CannotTrain);
            Assert.That(
                () => new AdamOptimizer(network),
                Throws.ArgumentException.With.Message.StartsWith("The network only predicts"));
            Assert.That(network.Steps.Value, Is.Zero);
        });
        network.Forward(input, Mode.Evaluation);
        Assert.That(() => network.Backward(gradient), CannotTrain);
    }

    private static NUnit.Framework.Constraints.Constraint CannotTrain =>
        Throws.InvalidOperationException.With.Message.StartsWith("This network only predicts");

    private static Sequential Predictor(Device device, IReadOnlyList<Layer> layers) =>
        new(device, SmallNetwork.InputShape, SmallNetwork.MaxBatch, seed: 2, layers, trainable: false);

    private static void AssertSameBits(Device device, IReadOnlyList<Layer> layers)
    {
        using var trained = new Sequential(device, SmallNetwork.InputShape, SmallNetwork.MaxBatch, seed: 1, layers);
        using var predictor = Predictor(device, layers);
        using var input = SmallNetwork.Input(device);
        trained.Forward(input, Mode.Training); // which moves the statistics
        predictor.Values.Flat.CopyFrom(trained.Values.Flat.ToArray());
        predictor.Statistics.Flat.CopyFrom(trained.Statistics.Flat.ToArray());
        float[] before = input.ToArray();
        foreach (int batch in Batches)
        {
            var rows = input.FirstRows(batch);
            float[] expected = trained.Forward(rows, Mode.Evaluation).ToArray();
            Assert.That(predictor.Forward(rows, Mode.Evaluation).ToArray(), Is.EqualTo(expected));
        }
        Assert.That(input.ToArray(), Is.EqualTo(before));
    }

    private static long BytesOfAttemptFour(int maxBatch)
    {
        using var device = Device.OpenCpu(1);
        using var network = GalaxyZooNetworks.Attempt(4).Create(device, maxBatch, seed: 1, trainable: false);
        return device.AllocatedBytes;
    }
}
