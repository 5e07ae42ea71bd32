namespace GalaxyNet.Tests;

/// <summary>A loss that is NaN or infinite stops a run, with its origin and what is still good.</summary>
[TestFixture]
internal sealed class NumericalFaultTests
{
    private const int UserError = 1;

    // ReLU makes 0 of NaN, so the first cases show in no output: the parameters are searched as well.
    [TestCase("conv1.weight", 0, float.NaN, "conv1.weight")]
    [TestCase("conv2.bias", 3, float.PositiveInfinity, "conv2.bias")]
    [TestCase("conv2_bn.weight", 0, float.NegativeInfinity, "conv2_bn.weight")]
    [TestCase("fc1.weight", 9, float.NaN, "fc1.weight")]
    [TestCase("conv2_bn.weight", 0, float.MaxValue, "the output of conv2_bn")]
    public void TheFirstPlaceIsFound(string parameter, int element, float value, string tensor)
    {
        using var network = SmallNetwork.Create(TestDevices.Get("cpu-512"));
        using var input = SmallNetwork.Input(network.Device);
        float[] values = network.Values[parameter].ToArray();
        values[element] = value;
        network.Values[parameter].CopyFrom(values);
        network.Forward(input, Mode.Training);
        Assert.That(network.FindNonFinite(input), Is.EqualTo(tensor));
        Assert.That(network.FindNonFinite(), Is.EqualTo(float.IsFinite(value) ? null : parameter));
    }

    [Test]
    public void ASoundNetworkHasNoSuchPlace()
    {
        using var network = SmallNetwork.Create(TestDevices.Get("cpu-512"));
        using var input = SmallNetwork.Input(network.Device);
        Assert.That(() => network.FindNonFinite(input), Throws.InvalidOperationException);
        network.Forward(input, Mode.Training);
        Assert.That(network.FindNonFinite(input), Is.Null);
        Assert.That(network.FindNonFinite(), Is.Null);
    }

    [Test]
    public void AStepThatFailsLeavesTheParametersAsTheyWere()
    {
        using var network = SmallNetwork.Create(TestDevices.Get("cpu-512"));
        using var optimizer = new AdamOptimizer(network);
        using var step = new TrainingStep(network, optimizer, [0.2f, 0.3f, 0.5f]) { ReadsEachLoss = true };
        using var input = SmallNetwork.Input(network.Device);
        using var target = network.Device.Allocate([SmallNetwork.MaxBatch, SmallNetwork.Outputs]);
        target.CopyFrom([.. Enumerable.Repeat(1e30f, target.Count)]);
        float[] before = network.Values.Flat.ToArray();
        Assert.That(
            () => step.Run(input, target),
            Throws.InstanceOf<NonFiniteException>().With.Message.Contains("too large to be squared"));
        Assert.That(network.Values.Flat.ToArray(), Is.EqualTo(before));
    }

    [Test]
    public void TheProgramNamesTheStepThePlaceAndTheLastGoodCheckpoint()
    {
        using var folder = new TemporaryFolder();
        var run = new TrainedRun(folder.Path("run"));
        var stopped = ProgramRun.Of(run.Begin(epochs: 3, "--learning-rate", "1e18", "--checkpoint-every", "1"));
        Assert.That(stopped.ExitCode, Is.EqualTo(UserError), stopped.Error);
        Assert.That(
            stopped.ErrorLines[^1],
            Does.StartWith($"{run.Folder}: stopped: in step 2 of epoch 1 the loss is ")
                .And.Contain("the first to be so is the output of ")
                .And.Contain($"the last good checkpoint is {run.PathOf("epoch-1-step-1.safetensors")}")
                .And.Contain("smaller --learning-rate than 1E+18"));
        run.AssertEveryFileIsWhole();
    }

    /// <summary>Where steps queue up, as on a GPU, the fault shows late; the search goes back for it.</summary>
    [Test]
    public void AQueueOfStepsIsRepeatedFromTheLastCheckpoint()
    {
        using var folder = new TemporaryFolder();
        var run = new TrainedRun(folder.Path("run"));
        ProgramRun.Of(run.Begin(epochs: 3, "--learning-rate", "1e18", "--checkpoint-every", "1"));
        using var device = Device.OpenCpu();
        var runFolder = new RunFolder(run.Folder);
        var plan = runFolder.ReadOptions().Plan;
        var galaxies = GalaxyDataset.Load(GalaxyFolder.Open(DrawnGalaxies.Folder), GalaxyCrop.Tight, 64);
        var data = new TrainingData(galaxies, plan);
        string found = TrainingRun.Locate(device, plan, data, runFolder, from: null, default);
        Assert.That(found, Does.StartWith("in step 2 of epoch 1 the loss is ").And.Contain("the output of "));
    }

    [Test, Exhaustive]
    public void AQueueOfStepsReportsAFault()
    {
        var device = TestDevices.Get("simulator");
        using var network = SmallNetwork.Create(device);
        using var optimizer = new SgdOptimizer(network, 1e30f);
        using var step = new TrainingStep(network, optimizer, [0.2f, 0.3f, 0.5f]);
        int[] order = [.. Enumerable.Range(0, 12)];
        using var loop = new BatchLoop(
            network,
            new ImageBlock(new byte[order.Length * SmallNetwork.InputShape.Count], SmallNetwork.InputShape),
            new float[order.Length * SmallNetwork.Outputs]);
        Assert.That(
            loop.Train(step, order, _ => Pose.AsIs, () => { }).Count(), Is.EqualTo(3), "The host does not wait.");
        network.Values.Flat.CopyFrom([.. Enumerable.Repeat(float.NaN, network.Values.Flat.Count)]);
        Assert.That(loop.Train(step, order[..1], _ => Pose.AsIs, () => { }).Count(), Is.EqualTo(1));
        Assert.That(() => loop.TakeResults(), Throws.InstanceOf<NonFiniteException>());
    }
}
