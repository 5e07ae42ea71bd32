namespace GalaxyNet.Tests;

/// <summary>The memory of any network is counted, to the byte, without taking it.</summary>
[TestFixture]
internal sealed class CountedMemoryTests
{
    private const int MaxBatch = 3;
    private const int Networks = 12;

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void TheCountIsWhatARealStepTakes(string name)
    {
        var device = TestDevices.Get(name);
        for (int seed = 0; seed < Networks; seed++)
            AssertCounted(device, SmallNetwork.InputShape, RandomLayers.Draw(seed));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void ALayerOfEveryKindIsCounted(string name) =>
        AssertCounted(TestDevices.Get(name), SmallNetwork.InputShape, [.. SmallNetwork.Layers]);

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void SoIsThatOfLayersThatAreFrozen(string name)
    {
        for (int seed = 0; seed < Networks; seed++)
        {
            var random = new Random(seed);
            var layers = RandomLayers.Draw(seed).Select(layer => layer with { IsFrozen = random.Next(2) == 0 });
            AssertCounted(TestDevices.Get(name), SmallNetwork.InputShape, [.. layers]);
        }
    }

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
}
