namespace GalaxyNet.Tests;

/// <summary>On a processor the stages of a pass that came before run as one launch, with the same bits.</summary>
[TestFixture]
internal sealed class JoinedStagesTests
{
    private const int Batch = 3;

    private Device device = null!;
    private Sequential network = null!;
    private Tensor input = null!;

    [SetUp]
    public void BuildAttemptFour()
    {
        var attempt = GalaxyZooNetworks.Attempt(4);
        var shape = attempt.InputShape.Batch(Batch);
        device = Device.OpenCpu(2);
        network = attempt.Create(device, Batch, seed: 3);
        input = device.Allocate(shape, Values.Between(0, 1)(shape, 1));
    }

    [TearDown]
    public void FreeIt()
    {
        input.Dispose();
        network.Dispose();
        device.Dispose();
    }

    [Test]
    public void AnInferenceIsOneLaunch()
    {
        float[] alone = network.Forward(input, Mode.Evaluation).ToArray();
        long before = device.Team!.Launches;
        float[] joined = network.Forward(input, Mode.Evaluation).ToArray();
        Assert.That(device.Team.Launches - before, Is.EqualTo(1));
        Assert.That(joined, Is.EqualTo(alone));
    }

    [Test]
    public void ATrainingStepIsFourLaunches()
    {
        using var optimizer = new AdamOptimizer(network);
        using var step = new TrainingStep(network, optimizer, new float[37]);
        using var target = device.Allocate(network.OutputShape.Batch(Batch));
        step.Run(input, target);
        long before = device.Team!.Launches;
        step.Run(input, target);
        Assert.That(device.Team.Launches - before, Is.EqualTo(4), "forward, loss, backward, Adam");
    }

    [Test]
    public void ABackwardPassGivesTheSameBits()
    {
        using var outputGradient = device.Allocate(network.OutputShape.Batch(Batch), new float[37 * Batch]);
        outputGradient.CopyFrom(Values.Uniform(outputGradient.Shape, 5));
        long[] launches = new long[2];
        float[][] gradients = new float[2][];
        for (int pass = 0; pass < 2; pass++)
        {
            network.Steps.Value = 0; // dropout's masks are those of the first pass
            network.Forward(input, Mode.Training);
            long before = device.Team!.Launches;
            network.Backward(outputGradient);
            launches[pass] = device.Team.Launches - before;
            gradients[pass] = network.Gradients.Flat.ToArray();
        }
        Assert.That(launches[1], Is.LessThan(launches[0] / 2));
        Assert.That(gradients[1].AsSpan().SequenceEqual(gradients[0]));
    }

    /// <summary>Else its filters would be transformed for each image: see <see cref="KeptFiltersTests"/>.</summary>
    [Test]
    public void NobodyIsHandedTheMemoryOfTheWeights()
    {
        using var optimizer = new AdamOptimizer(network);
        network.Forward(input, Mode.Training);
        network.Backward(network.Forward(input, Mode.Training));
        optimizer.Update();
        network.FindNonFinite();
        Assert.That(network.Values.Flat.Stamp, Is.Not.Null);
    }

    [Test]
    public void AnExceptionInsideReachesTheCaller()
    {
        var launch = new JoinedLaunch(device);
        Assert.That(
            () => launch.Run(() => throw new InvalidDataException("inside")),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("inside"));
        Assert.That(network.Forward(input, Mode.Evaluation).ToArray(), Has.All.InRange(0f, 1f));
    }

    [Test]
    public void AKernelThatCannotRunInsideIsRefused()
    {
        using var output = device.Allocate(input.Shape);
        var relu = new Relu(device);
        Assert.That(
            () => new JoinedLaunch(device).Run(() => relu.Forward(input, output)),
            Throws.InvalidOperationException.With.Message.Contains("inside a joined launch"));
        Assert.That(() => relu.Forward(input, output), Throws.Nothing);
    }
}
