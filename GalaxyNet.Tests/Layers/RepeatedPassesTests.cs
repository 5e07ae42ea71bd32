namespace GalaxyNet.Tests;

/// <summary>
/// A pass with tensors that have come before has the same bits as one with new ones, which is not captured.
/// </summary>
[TestFixture]
internal sealed class RepeatedPassesTests
{
    private static readonly float[] ClassWeights = [0.2f, 0.3f, 0.5f];

    // The first after the larger ones may not be what was captured before them: workspaces have grown.
    private static readonly int[] Batches = [2, 2, 2, 2, 4, 4, 4, 2, 2, 2, 1, 4];

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void StepsWithTheSameTensorsHaveTheBitsOfThoseWithNewOnes(string name)
    {
        var device = TestDevices.Get(name);
        using Run again = new(device), anew = new(device);
        foreach (int batch in Batches)
            Assert.That(again.Step(batch), Is.EqualTo(anew.StepWithNewTensors(batch)));
        Assert.That(again.State, Is.EqualTo(anew.State));
        Assert.That(again.Predict(), Is.EqualTo(anew.Predict()));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void ARunThatIsResumedEndsWithTheSameBits(string name)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"repeated-{name}.safetensors");
        var device = TestDevices.Get(name);
        using Run whole = new(device), resumed = new(device);
        for (int i = 0; i < 4; i++)
            whole.Step(batch: 2);
        StateFile.Save(path, whole.Entries);
        for (int i = 0; i < 3; i++)
            resumed.Step(batch: 2); // to be overwritten: what is captured reads the same memory
        StateFile.Load(path, resumed.Entries);
        for (int i = 0; i < 3; i++)
            Assert.That(resumed.Step(batch: 2), Is.EqualTo(whole.Step(batch: 2)));
        Assert.That(resumed.State, Is.EqualTo(whole.State));
    }

    /// <summary>Neither what a program adds to a step nor what a step waits for is captured.</summary>
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void AStepMayWaitForTheDeviceAnywhereBetweenItsPasses(string name)
    {
        var device = TestDevices.Get(name);
        using Run again = new(device, ownLoss: true), anew = new(device, ownLoss: true);
        for (int i = 0; i < 4; i++)
            Assert.That(again.Step(batch: 2), Is.EqualTo(anew.StepWithNewTensors(batch: 2)));
        Assert.That(again.State, Is.EqualTo(anew.State));
    }

    /// <summary>Stages remember the batch of the pass that they last ran one by one.</summary>
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void ABackwardPassOneByOneIsOfTheForwardPassBeforeIt(string name)
    {
        var device = TestDevices.Get(name);
        using Sequential network = SmallNetwork.Create(device), expected = SmallNetwork.Create(device);
        using Tensor input = SmallNetwork.Input(device, batch: 2), other = SmallNetwork.Input(device, batch: 4);
        using Tensor gradient = SmallNetwork.Target(device, batch: 2), same = SmallNetwork.Target(device, batch: 2);
        using var otherGradient = SmallNetwork.Target(device, batch: 4);
        Pass(network, other, otherGradient); // for which workspaces grow
        for (int i = 0; i < 3; i++)
            Pass(network, input, gradient);
        Pass(network, other, otherGradient);
        network.Forward(input, Mode.Training); // as a graph
        network.Backward(same);
        expected.Steps.Value = network.Steps.Value - 1;
        Pass(expected, input, gradient);
        Assert.That(network.Gradients.Flat.ToArray(), Is.EqualTo(expected.Gradients.Flat.ToArray()));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.SlowlyTested))]
    public void ADisposedTensorIsRefusedAsEver(string name)
    {
        var device = TestDevices.Get(name);
        using var network = SmallNetwork.Create(device);
        using var gradient = SmallNetwork.Target(device);
        var input = SmallNetwork.Input(device);
        for (int i = 0; i < 3; i++)
            Pass(network, input, gradient);
        network.Forward(input, Mode.Training);
        input.Dispose();
        Assert.That(() => network.Backward(gradient), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => network.Forward(input, Mode.Training), Throws.InstanceOf<ObjectDisposedException>());
    }

    private static void Pass(Sequential network, Tensor input, Tensor gradient)
    {
        network.Forward(input, Mode.Training);
        network.Backward(gradient);
    }

    /// <summary>A loss that is not the library's, and looks at its tensors on the host.</summary>
    private sealed class HostLoss(WeightedMseLoss loss) : ILoss
    {
        public void Forward(Tensor output, Tensor target, Tensor value)
        {
            Assert.That(output.ToArray(), Has.None.NaN);
            loss.Forward(output, target, value);
        }

        public void Backward(Tensor output, Tensor target, Tensor outputGradient) =>
            loss.Backward(output, target, outputGradient);
    }

    private sealed class Run : IDisposable
    {
        private readonly Device device;
        private readonly Sequential network;
        private readonly AdamOptimizer optimizer;
        private readonly WeightedMseLoss loss;
        private readonly TrainingStep step;
        private readonly Tensor input;
        private readonly Tensor target;
        private readonly List<Tensor> used = [];

        public Run(Device device, bool ownLoss = false)
        {
            this.device = device;
            network = SmallNetwork.Create(device);
            optimizer = new AdamOptimizer(network);
            loss = new WeightedMseLoss(network, ClassWeights);
            step = new TrainingStep(network, optimizer, ownLoss ? new HostLoss(loss) : loss);
            input = device.Allocate(SmallNetwork.InputShape.Batch(SmallNetwork.MaxBatch));
            target = device.Allocate([SmallNetwork.MaxBatch, SmallNetwork.Outputs]);
        }

        public IReadOnlyList<StateEntry> Entries => [.. network.Weights, network.Steps, .. optimizer.State];

        public IEnumerable<byte[]> State => Entries.Select(entry => entry.ToBytes());

        public float[] Predict()
        {
            float[] last = [];
            input.CopyFrom(Values.Uniform(input.Shape, 1000));
            for (int i = 0; i < 3; i++)
                last = network.Forward(input, Mode.Evaluation).ToArray();
            return last;
        }

        /// <summary>A step at addresses that all steps share.</summary>
        /// <returns>The loss.</returns>
        public float Step(int batch) => Step(input.FirstRows(batch), target.FirstRows(batch));

        /// <summary>A step at an address that is in use once.</summary>
        /// <returns>The loss.</returns>
        public float StepWithNewTensors(int batch)
        {
            var newInput = device.Allocate(SmallNetwork.InputShape.Batch(batch));
            var newTarget = device.Allocate([batch, SmallNetwork.Outputs]);
            used.AddRange([newInput, newTarget]);
            return Step(newInput, newTarget);
        }

        public void Dispose()
        {
            step.Dispose();
            loss.Dispose();
            optimizer.Dispose();
            network.Dispose();
            foreach (var tensor in used.Append(input).Append(target))
                tensor.Dispose();
        }

        private float Step(Tensor rows, Tensor targets)
        {
            int number = (int)network.Steps.Value;
            rows.CopyFrom(Values.Uniform(rows.Shape, number));
            targets.CopyFrom(Values.Between(0f, 1f)(targets.Shape, 100 + number));
            optimizer.LearningRate = 0.01f / (1 + number);
            step.Run(rows, targets);
            return step.ReadLoss();
        }
    }
}
