namespace GalaxyNet.Tests;

/// <summary>The gradients of whole networks against central differences.</summary>
[TestFixture]
internal sealed class NetworkGradientTests
{
    private const float Step = 1e-3f;
    private const double Tolerance = 5e-3;
    private const int SamplesPerParameter = 40;
    private const int SamplesOnSimulator = 2;

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void EveryKindOfLayerTogether(string device)
    {
        // A seed at which no step crosses the kink of a ReLU or changes a maximum.
        using var network = SmallNetwork.Create(TestDevices.Get(device), seed: 4);
        Check(network, device == "simulator" ? SamplesOnSimulator : SamplesPerParameter);
    }

    /// <summary>Frozen layers before, between and behind those that train, each alone and with others.</summary>
    [TestCase("conv2_bn")]
    [TestCase("conv1", "conv2_bn")]
    [TestCase("conv1", "conv2", "conv2_bn")]
    [TestCase("conv2")]
    [TestCase("fc1")]
    [TestCase("fc2")]
    [TestCase("conv2", "conv2_bn", "fc1", "fc2")]
    public void FrozenLayersLetGradientsThrough(params string[] names) =>
        CheckFrozen("cpu-512", SamplesPerParameter, names);

    /// <summary>On every device, and where nothing is fused.</summary>
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void AFrozenNormalizationLetsGradientsThrough(string device)
    {
        CheckFrozen(device, device == "simulator" ? SamplesOnSimulator : SamplesPerParameter, "conv2_bn");
        Layer[] layers =
        [
            new Conv2dLayer("conv1", 3, Kernel: 3),
            new BatchNorm2dLayer("conv1_bn") { IsFrozen = true },
            new FlattenLayer("flatten"),
            new SigmoidLayer("sigmoid"),
        ];
        CheckFrozen(
            new Sequential(TestDevices.Get(device), SmallNetwork.InputShape, SmallNetwork.MaxBatch, seed: 3, layers),
            SamplesOnSimulator);
    }

    [Test]
    public void LayersThatCannotShareMemory()
    {
        // Each element by element, in orders in which working in place would spoil what an earlier one needs.
        Layer[] layers =
        [
            new ReluLayer("relu_input"),
            new BatchNorm2dLayer("bn_input"),
            new SigmoidLayer("sigmoid1"),
            new DropoutLayer("dropout1", 0.2f),
            new SigmoidLayer("sigmoid2"),
            new FlattenLayer("flatten"),
            new SigmoidLayer("sigmoid3"),
            new DenseLayer("fc1", 6),
            new FlattenLayer("flatten_again"),
        ];
        CheckOnCpu(layers);
    }

    [Test]
    public void ANetworkThatEndsInATree()
    {
        SoftmaxGroup[] questions = [new(0, 2, SoftmaxGroup.NoParent), new(2, 3, 1)];
        Layer[] layers =
        [
            new FlattenLayer("flatten"),
            new DenseLayer("fc1", 5),
            new TreeSoftmaxLayer("tree", questions),
            new ReluLayer("relu"), // would work in place if it might
        ];
        CheckOnCpu(layers);
    }

    private static void CheckFrozen(string device, int samples, params string[] names) => CheckFrozen(
        new Sequential(
            TestDevices.Get(device),
            SmallNetwork.InputShape,
            SmallNetwork.MaxBatch,
            seed: 4,
            SmallNetwork.Frozen(names)),
        samples);

    /// <summary>Checks a network whose frozen layers have numbers of their own, and disposes it.</summary>
    private static void CheckFrozen(Sequential network, int samples)
    {
        using (network)
        {
            foreach (var slot in network.Frozen.Layout.Slots.Where(slot => slot.Name.Contains("_bn.")))
                network.Frozen[slot.Name].CopyFrom(Values.Between(0.5f, 1.5f)(slot.Shape, 80));
            float[] before = network.Frozen.Flat.ToArray();
            Check(network, samples);
            Assert.That(network.Frozen.Flat.ToArray(), Is.EqualTo(before));
        }
    }

    private static void CheckOnCpu(Layer[] layers)
    {
        using var network = new Sequential(
            TestDevices.Get("cpu-512"), SmallNetwork.InputShape, SmallNetwork.MaxBatch, seed: 3, layers);
        Check(network, SamplesPerParameter);
    }

    private static void Check(Sequential network, int samples)
    {
        using var input = SmallNetwork.Input(network.Device, batch: 3);
        float[] inputBefore = input.ToArray();
        float[] weights = Values.Uniform(network.OutputShape.Batch(3), 70);
        using var outputGradient = network.Device.Allocate(network.OutputShape.Batch(3), weights);

        double Loss()
        {
            network.Steps.Value = 0; // the same dropout masks every time
            return network.Forward(input, Mode.Training).ToArray().Zip(weights, (y, r) => (double)y * r).Sum();
        }

        Loss();
        network.Backward(outputGradient);
        double largest = network.Parameters.Max(parameter => Norm(parameter.Gradient.ToArray()));
        foreach (var parameter in network.Parameters)
        {
            float[] all = parameter.Gradient.ToArray();
            int[] elements = [.. Enumerable.Range(0, samples).Select(i => i * all.Length / samples).Distinct()];
            float[] analytic = [.. elements.Select(element => all[element])];
            float[] numeric = [.. elements.Select(element => Difference(parameter.Value, element, Loss))];
            double error = Norm([.. analytic.Zip(numeric, (a, n) => a - n)]);
            // A bias before a batch normalization has no effect, so its gradient is all rounding.
            Assert.That(error, Is.LessThan(Tolerance * Math.Max(Norm(numeric), 0.01 * largest)), parameter.Name);
        }
        Assert.Multiple(() =>
        {
            Assert.That(input.ToArray(), Is.EqualTo(inputBefore));
            Assert.That(outputGradient.ToArray(), Is.EqualTo(weights));
        });
    }

    /// <summary>The central difference of a loss with respect to one element of a tensor.</summary>
    public static float Difference(Tensor value, int element, Func<double> loss)
    {
        float[] values = value.ToArray();
        float before = values[element];
        double Changed(float changed)
        {
            values[element] = changed;
            value.CopyFrom(values);
            return loss();
        }

        double difference = Changed(before + Step) - Changed(before - Step);
        values[element] = before;
        value.CopyFrom(values);
        return (float)(difference / ((double)(before + Step) - (before - Step)));
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));
}
