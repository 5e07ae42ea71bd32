namespace GalaxyNet.Tests;

[TestFixture]
internal sealed class ShardedStepTests
{
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(8, Category = ExhaustiveAttribute.Name)]
    public void TheNumberOfProcessesMakesNoDifference(int shards)
    {
        var training = new ShardedTraining(shards, () => Device.OpenCpu(threads: 1));
        var alone = training.On(1)[0];
        for (int processes = 2; processes <= shards; processes *= 2)
        {
            foreach (var result in training.On(processes))
                Assert.That(result.DifferencesTo(alone), Is.Empty, $"{processes} processes");
        }
    }

    [Test, Exhaustive]
    public void NorDoesItOnAGpuWhoseMemoryIsNotTheHosts()
    {
        var training = new ShardedTraining(2, Device.OpenSimulator) { Batches = [2, 1] };
        var alone = training.On(1)[0];
        foreach (var result in training.On(2))
            Assert.That(result.DifferencesTo(alone), Is.Empty);
    }

    [Test]
    public void NeitherDoesItWithGradientDescent()
    {
        var training = new ShardedTraining(4, () => Device.OpenCpu(threads: 1)) { UsesSgd = true };
        var alone = training.On(1)[0];
        foreach (var result in training.On(4))
            Assert.That(result.DifferencesTo(alone), Is.Empty);
    }

    /// <summary>Without running statistics a process has less to tell than the smallest block.</summary>
    [Test]
    public void NorDoesItWithoutBatchNormalization()
    {
        var training = new ShardedTraining(4, () => Device.OpenCpu(threads: 1))
        {
            Layers = [.. SmallNetwork.Layers.Where(layer => layer is not BatchNorm2dLayer)],
            Stopping = 1,
        };
        var whole = training.On(1)[0]; // in which there is no process 1
        foreach (var result in training.On(2))
            Assert.That(result.Losses, Is.EqualTo(whole.Losses.Take(1)));
    }

    /// <summary>Frozen at the start of the network, and between layers that train.</summary>
    [TestCase("conv1", "conv2", "conv2_bn")]
    [TestCase("conv2_bn", "fc1")]
    public void NorDoesItWithFrozenLayersWhichStayAsTheyAre(params string[] names)
    {
        var training = new ShardedTraining(4, () => Device.OpenCpu(threads: 1)) { Layers = SmallNetwork.Frozen(names) };
        var alone = training.On(1)[0];
        foreach (int processes in (int[])[2, 4])
        {
            foreach (var result in training.On(processes))
                Assert.That(result.DifferencesTo(alone), Is.Empty, $"{processes} processes");
        }
        using var device = Device.OpenCpu(threads: 1);
        using var untrained = SmallNetwork.Create(device);
        Assert.That(
            untrained.Weights.Where(each => alone.State.Single(entry => entry.Name == each.Name).Bytes
                .AsSpan().SequenceEqual(each.ToBytes())).Select(each => each.Name[..each.Name.IndexOf('.')]).Distinct(),
            Is.EquivalentTo(names));
    }

    [Test]
    public void TheNumberOfThreadsMakesNoDifference()
    {
        var one = new ShardedTraining(4, () => Device.OpenCpu(threads: 1)).On(2)[0];
        var three = new ShardedTraining(4, () => Device.OpenCpu(threads: 3)).On(2)[0];
        Assert.That(three.DifferencesTo(one), Is.Empty);
    }

    [Test]
    public void TheNumberOfShardsDoes()
    {
        var two = new ShardedTraining(2, () => Device.OpenCpu(threads: 1)).On(1)[0];
        var four = new ShardedTraining(4, () => Device.OpenCpu(threads: 1)).On(1)[0];
        Assert.That(four.DifferencesTo(two), Does.Contain("conv1.weight"), "batch normalization is over a shard");
    }

    [Test]
    public void OneShardIsAnOrdinaryStep()
    {
        var training = new ShardedTraining(1, () => Device.OpenCpu(threads: 1));
        using var device = Device.OpenCpu(threads: 1);
        using var network = new Sequential(
            device, SmallNetwork.InputShape, ShardedTraining.Batch, seed: 1, SmallNetwork.Layers);
        using var optimizer = new AdamOptimizer(network, 0.01f);
        using var average = new WeightAverage(network, 0.9f);
        using var step = new TrainingStep(network, optimizer, ShardedTraining.ClassWeights);
        var losses = new List<float>();
        for (int i = 0; i < training.Batches.Count; i++)
        {
            var (input, target) = training.Numbers(i);
            int batch = training.Batches[i];
            using var x = device.Allocate(SmallNetwork.InputShape.Batch(batch), input);
            using var t = device.Allocate([batch, SmallNetwork.Outputs], target);
            step.Run(x, t);
            losses.Add(step.ReadLoss());
            average.Update();
        }
        StateEntry[] state = [.. network.Weights, network.Steps, .. optimizer.State, .. average.State];
        var ordinary = new ShardedResult(
            losses, [.. state.Select(entry => (entry.Name, entry.ToBytes()))], new Dictionary<string, float[]>());
        Assert.That(training.On(1)[0].DifferencesTo(ordinary), Is.Empty);
    }

    [Test]
    public void AStepIsCountedOnceWhateverTheShards()
    {
        var training = new ShardedTraining(4, () => Device.OpenCpu(threads: 1));
        var counts = training.On(2)[0].State.Where(entry => entry.Bytes.Length == sizeof(long)
                && (entry.Name.EndsWith("steps", StringComparison.Ordinal)
                    || entry.Name.EndsWith("tracked", StringComparison.Ordinal)))
            .ToDictionary(entry => entry.Name, entry => BitConverter.ToInt64(entry.Bytes));
        Assert.That(counts.Keys, Is.EquivalentTo(["network.steps", "adam.steps", "conv2_bn.num_batches_tracked"]));
        Assert.That(counts.Values, Is.All.EqualTo(training.Batches.Count));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void ANumberThatIsNotFiniteIsFoundInItsShardOnAllProcesses(int processes)
    {
        var training = new ShardedTraining(4, () => Device.OpenCpu(threads: 1)) { Spoiled = (1, 5, float.NaN) };
        var exception = Assert.Throws<NonFiniteException>(() => training.On(processes))!;
        string rank = processes switch { 1 => "", 2 => ", of process 1", _ => ", of process 2" };
        Assert.That(
            exception.Message,
            Is.EqualTo($"the loss is NaN in shard 2{rank}, and the first to be so is the output of conv1"));
    }

    [Test]
    public void WhereOneProcessWantsToStopAllDoAfterTheSameStep()
    {
        var training = new ShardedTraining(4, () => Device.OpenCpu(threads: 1)) { Stopping = 1 };
        foreach (var result in training.On(4))
            Assert.That(result.Losses, Has.Count.EqualTo(1));
    }
}
