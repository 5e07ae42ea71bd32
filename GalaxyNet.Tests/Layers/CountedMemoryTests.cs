namespace GalaxyNet.Tests;

/// <summary>The memory of any network is counted, to the byte, without taking it.</summary>
[TestFixture]
internal sealed class CountedMemoryTests
{
    private const int MaxBatch = 3;
    private const int Networks = 12;
    private const int Answers = 6;

    private static readonly SoftmaxGroup[] Questions = [new(0, 2, SoftmaxGroup.NoParent), new(2, 4, 1)];

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void TheCountIsWhatARealStepTakes(string name)
    {
        var device = TestDevices.Get(name);
        for (int seed = 0; seed < Networks; seed++)
            AssertCounted(device, SmallNetwork.InputShape, RandomLayers(new Random(seed)));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void ALayerOfEveryKindIsCounted(string name) =>
        AssertCounted(TestDevices.Get(name), SmallNetwork.InputShape, [.. SmallNetwork.Layers]);

    [Test]
    public void NothingIsComputedWhereMemoryIsCounted()
    {
        using var device = Device.OpenCpu(2);
        long bytes = device.BytesHeldBy(counting =>
        {
            using (counting.Allocate([1000]))
            {
            }
            using var tensor = counting.Allocate([500], new float[500]);
            using var host = counting.AllocateHostBuffer<byte>(10);
            new Relu(counting).Forward(tensor, tensor);
            Assert.That(tensor.ToArray(), Is.All.Zero);
            Assert.That(counting.AllocatedBytes, Is.InRange(2010, 2100));
        });
        Assert.That(bytes, Is.InRange(4000, 4100), "the most at a time");
        Assert.That((device.AllocatedBytes, device.Memory.Frees), Is.EqualTo((0, 0)));
        using var real = device.Allocate([1], [-1f]);
        new Relu(device).Forward(real, real);
        Assert.That(real.ToArray(), Is.EqualTo([0f]));
    }

    private static void AssertCounted(Device device, Shape input, Layer[] layers)
    {
        foreach (bool trainable in (bool[])[true, false])
        {
            long counted = device.BytesHeldBy(counting => Held(counting, input, layers, trainable));
            Assert.That(
                Held(device, input, layers, trainable),
                Is.EqualTo(counted),
                $"{(trainable ? "training" : "predicting with")} {string.Join(", ", layers.AsEnumerable())}");
        }
    }

    /// <summary>The bytes that a network holds after a step, or a prediction.</summary>
    private static long Held(Device device, Shape inputShape, Layer[] layers, bool trainable)
    {
        long before = device.AllocatedBytes;
        using var network = new Sequential(device, inputShape, MaxBatch, seed: 1, layers, trainable);
        using var input = device.Allocate(inputShape.Batch(MaxBatch));
        using var gradient = device.Allocate(network.OutputShape.Batch(MaxBatch));
        network.Forward(input, Mode.Evaluation);
        if (trainable)
        {
            using var optimizer = new AdamOptimizer(network);
            network.Forward(input, Mode.Training);
            network.Backward(gradient);
            optimizer.Update();
            return device.AllocatedBytes - before;
        }
        return device.AllocatedBytes - before;
    }

    /// <summary>Layers that fit behind one another, of every kind, in any order.</summary>
    private static Layer[] RandomLayers(Random random)
    {
        var layers = new List<Layer>();
        int size = SmallNetwork.InputShape[1];
        for (int i = random.Next(6); i >= 0; i--)
            layers.Add(NextOnImages(random, $"image{i}", ref size));
        layers.Add(random.Next(2) == 0 ? new GlobalAveragePool2dLayer("average") : new FlattenLayer("flatten"));
        if (layers[^1] is GlobalAveragePool2dLayer && random.Next(2) == 0)
            layers.Add(new FlattenLayer("flatten"));
        for (int i = random.Next(5); i >= 0; i--)
            layers.Add(NextOnRows(random, $"row{i}"));
        layers.Add(new DenseLayer("last", Answers));
        if (random.Next(2) == 0)
            layers.Add(random.Next(2) == 0
                ? new TreeSoftmaxLayer("tree", Questions)
                : new TreeSharesLayer("tree", Questions));
        return [.. layers];
    }

    private static Layer NextOnImages(Random random, string name, ref int size)
    {
        switch (random.Next(6))
        {
            case 0 when size >= 4:
                int window = random.Next(1, 4);
                size /= window;
                return new MaxPool2dLayer(name, window);
            case 1:
                return new BatchNorm2dLayer(name);
            case 2:
                return NextOnRows(random, name, random.Next(1, 4));
            default:
                int padding = random.Next(3), stride = random.Next(1, 3);
                int kernel = Math.Min(random.Next(1, 6), size + (2 * padding));
                size = ((size + (2 * padding) - kernel) / stride) + 1;
                return new Conv2dLayer(name, random.Next(1, 70), kernel, padding, stride);
        }
    }

    private static Layer NextOnRows(Random random, string name) => NextOnRows(random, name, random.Next(5));

    private static Layer NextOnRows(Random random, string name, int kind) => kind switch
    {
        1 => new ReluLayer(name),
        2 => new SigmoidLayer(name),
        3 => new DropoutLayer(name, 0.3f),
        _ => new DenseLayer(name, random.Next(1, 100)),
    };
}
