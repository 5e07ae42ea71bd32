using NUnit.Framework.Constraints;

namespace GalaxyNet.Tests;

/// <summary>How a network behaves toward its callers.</summary>
[TestFixture]
internal sealed class SequentialTests
{
    private static Device Cpu => TestDevices.Get("cpu-512");

    [Test]
    public void ASmallerBatchGivesTheFirstRows()
    {
        using var network = SmallNetwork.Create(Cpu);
        using var input = SmallNetwork.Input(Cpu);
        float[] all = network.Forward(input, Mode.Evaluation).ToArray();
        var output = network.Forward(input.FirstRows(3), Mode.Evaluation);
        Assert.Multiple(() =>
        {
            Assert.That(output.Shape, Is.EqualTo(Shape.Create([3, SmallNetwork.Outputs])));
            Assert.That(output.ToArray(), Is.EqualTo(all[..(3 * SmallNetwork.Outputs)]).Within(1e-6));
        });
    }

    [Test]
    public void TrainingOnASmallerBatchIsTrainingOnThatBatch()
    {
        using var network = SmallNetwork.Create(Cpu);
        using var exact = new Sequential(Cpu, SmallNetwork.InputShape, 3, 1, SmallNetwork.Layers);
        using var input = SmallNetwork.Input(Cpu, batch: 3);
        using var gradient = SmallNetwork.Target(Cpu, batch: 3);
        foreach (var each in (Sequential[])[network, exact])
        {
            each.Forward(input, Mode.Training);
            each.Backward(gradient);
        }
        Assert.That(network.Gradients.Flat.ToArray(), Is.EqualTo(exact.Gradients.Flat.ToArray()).Within(1e-6));
    }

    [Test]
    public void AnEvaluationChangesNothingAndDropsNothing()
    {
        using var network = SmallNetwork.Create(Cpu);
        using var input = SmallNetwork.Input(Cpu);
        network.Forward(input, Mode.Training);
        var before = Snapshot(network);
        float[] first = network.Forward(input, Mode.Evaluation).ToArray();
        float[] second = network.Forward(input, Mode.Evaluation).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(Snapshot(network), Is.EqualTo(before));
        });
    }

    [Test]
    public void AnEvaluationLeavesItsInputAlone()
    {
        using var network = new Sequential(
            Cpu, SmallNetwork.InputShape, 4, 1, [new DropoutLayer("dropout", 0.5f), new ReluLayer("relu")]);
        using var input = SmallNetwork.Input(Cpu);
        float[] before = input.ToArray();
        network.Forward(input, Mode.Evaluation);
        Assert.That(input.ToArray(), Is.EqualTo(before));
    }

    [Test]
    public void EveryTrainingPassDrawsNewMasks()
    {
        using var network = new Sequential(
            Cpu, [64], 2, 1, [new DropoutLayer("first", 0.5f), new DropoutLayer("second", 0.5f)]);
        using var input = Cpu.Allocate([2, 64], Enumerable.Repeat(1f, 128).ToArray());
        float[] first = network.Forward(input, Mode.Training).ToArray();
        float[] second = network.Forward(input, Mode.Training).ToArray();
        network.Steps.Value = 0;
        float[] again = network.Forward(input, Mode.Training).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(second, Is.Not.EqualTo(first));
            Assert.That(again, Is.EqualTo(first));
            // With one stream for both layers, half of the elements would pass; with two, a quarter does.
            Assert.That(first.Count(value => value > 0), Is.InRange(16, 48));
        });
    }

    [Test]
    public void BackwardNeedsATrainingPassBefore()
    {
        using var network = SmallNetwork.Create(Cpu);
        using var input = SmallNetwork.Input(Cpu);
        using var gradient = SmallNetwork.Target(Cpu);
        Assert.That(() => network.Backward(gradient), Throws.InvalidOperationException);
        network.Forward(input, Mode.Training);
        network.Forward(input, Mode.Evaluation);
        Assert.That(() => network.Backward(gradient), Throws.InvalidOperationException);
        network.Forward(input, Mode.Training);
        network.Backward(gradient);
        Assert.That(() => network.Backward(gradient), Throws.InvalidOperationException);
    }

    [Test]
    public void WrongShapesAreRefused()
    {
        using var network = SmallNetwork.Create(Cpu);
        using var large = SmallNetwork.Input(Cpu, SmallNetwork.MaxBatch + 1);
        using var narrow = Cpu.Allocate([2, 2, 8, 7]);
        using var input = SmallNetwork.Input(Cpu);
        using var gradient = SmallNetwork.Target(Cpu, batch: 2);
        network.Forward(input, Mode.Training);
        Assert.Multiple(() =>
        {
            Assert.That(() => network.Backward(gradient), Throws.ArgumentException);
            Assert.That(() => network.Forward(narrow, Mode.Training), Throws.ArgumentException);
            Assert.That(
                () => network.Forward(large, Mode.Training),
                Throws.ArgumentException.With.Message.StartsWith(
                    "A batch of 5 is over the 4 that this network was built for."));
        });
    }

    [Test]
    public void TensorsOfAnotherDeviceAreRefused()
    {
        using var network = SmallNetwork.Create(Cpu);
        using var input = SmallNetwork.Input(Cpu);
        var other = TestDevices.Get("cpu-256");
        using var foreignInput = SmallNetwork.Input(other);
        using var foreignGradient = SmallNetwork.Target(other);
        network.Forward(input, Mode.Training);
        Assert.Multiple(() =>
        {
            Assert.That(() => network.Backward(foreignGradient), IsAnotherDevice);
            Assert.That(() => network.Forward(foreignInput, Mode.Training), IsAnotherDevice);
        });
    }

    [Test]
    public void WhatIsDisposedIsRefused()
    {
        var network = SmallNetwork.Create(Cpu);
        var optimizer = new AdamOptimizer(network);
        var input = SmallNetwork.Input(Cpu);
        using var gradient = SmallNetwork.Target(Cpu);
        network.Forward(input, Mode.Training);
        input.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(() => network.Backward(gradient), IsDisposed("Tensor"));
            Assert.That(() => network.Forward(input, Mode.Training), IsDisposed("Tensor"));
        });
        network.Dispose();
        using var another = SmallNetwork.Input(Cpu);
        Assert.Multiple(() =>
        {
            Assert.That(() => network.Forward(another, Mode.Evaluation), IsDisposed("Sequential"));
            Assert.That(() => network.Backward(gradient), IsDisposed("Sequential"));
            Assert.That(() => network.Save("nowhere.safetensors"), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => network.ExportOnnx("nowhere.onnx"), IsDisposed("Sequential"));
            Assert.That(optimizer.Update, Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(network.Dispose, Throws.Nothing);
        });
        optimizer.Dispose();
    }

    private static Constraint IsAnotherDevice =>
        Throws.ArgumentException.With.Message.Contains("lives on another device");

    private static EndsWithConstraint IsDisposed(string type) =>
        Throws.InstanceOf<ObjectDisposedException>().With.Property("ObjectName").EndsWith("." + type);

    private static IEnumerable<TestCaseData> ImpossibleNetworks()
    {
        yield return Case("no layers");
        yield return Case("Two layers have the name a", new ReluLayer("a"), new SigmoidLayer("a"));
        yield return Case("Layer fc1 (Dense): ", new DenseLayer("fc1", 3));
        yield return Case("Layer conv1 (Conv2d): ", new Conv2dLayer("conv1", 3, Kernel: 9));
        yield return Case("Layer conv1 (Conv2d): ", new FlattenLayer("f"), new Conv2dLayer("conv1", 3, Kernel: 1));
        yield return Case("Layer pool1 (MaxPool2d): ", new MaxPool2dLayer("pool1", 9));
        yield return Case("Layer pool1 (MaxPool2d): ", new MaxPool2dLayer("pool1", 0));
        yield return Case("Layer bn1 (BatchNorm2d): ", new FlattenLayer("flatten"), new BatchNorm2dLayer("bn1"));

        static TestCaseData Case(string message, params Layer[] layers) =>
            new TestCaseData(message == "no layers" ? "A network needs at least one layer" : message, layers)
                .SetArgDisplayNames($"{message}{string.Join(", ", layers.Select(layer => layer.Type))}");
    }

    [TestCaseSource(nameof(ImpossibleNetworks))]
    public void AnImpossibleNetworkIsAClearError(string message, Layer[] layers) =>
        Assert.That(
            () => new Sequential(Cpu, SmallNetwork.InputShape, 1, 1, layers),
            Throws.ArgumentException.With.Message.StartsWith(message));

    [Test]
    public void ThePaddingBetweenParametersStaysZero()
    {
        using var network = SmallNetwork.Create(Cpu);
        using var optimizer = new AdamOptimizer(network);
        using var step = new TrainingStep(network, optimizer, [0.2f, 0.3f, 0.5f]);
        using var input = SmallNetwork.Input(Cpu);
        using var target = SmallNetwork.Target(Cpu);
        for (int i = 0; i < 3; i++)
            step.Run(input, target);
        var slots = network.Values.Layout.Slots;
        var used = slots.SelectMany(slot => Enumerable.Range(slot.Offset, slot.Shape.Count)).ToHashSet();
        foreach (var block in (ParameterBlock[])[network.Values, network.Gradients])
        {
            float[] flat = block.Flat.ToArray();
            Assert.That(flat.Where((_, i) => !used.Contains(i)), Has.All.EqualTo(0f));
        }
        Assert.That(slots.Select(slot => slot.Offset % 16), Has.All.EqualTo(0));
    }

    private static List<byte[]> Snapshot(Sequential network) =>
        [.. network.Weights.Append(network.Steps).Select(entry => entry.ToBytes())];
}
