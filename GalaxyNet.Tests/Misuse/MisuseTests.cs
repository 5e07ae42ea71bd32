using GalaxyNet.Kernels;
using NUnit.Framework.Constraints;

namespace GalaxyNet.Tests;

/// <summary>What a caller gets wrong with a tensor is told by a clear exception before any kernel runs.</summary>
[TestFixture]
internal sealed class MisuseTests
{
    private const int Seed = 1;

    private static Device Cpu => TestDevices.Get("cpu-512");

    private static Device Other => TestDevices.Get("cpu-256");

    /// <summary>The first case of each operation.</summary>
    private static IEnumerable<OperationCase> Operations =>
        OperationCatalogue.All.Where(each => !each.IsBenchmark).DistinctBy(each => each.Operation);

    [TestCaseSource(nameof(Operations))]
    public void ATensorOfAnotherDeviceIsRefused(OperationCase operationCase)
    {
        using var foreign = new CaseTensors(Other, operationCase, Seed);
        AssertThatEachIsRefused(
            operationCase, foreign, () => Throws.InstanceOf<ArgumentException>().With.Message.Contains("lives on another device"));
    }

    [TestCaseSource(nameof(Operations))]
    public void ADisposedTensorIsRefused(OperationCase operationCase)
    {
        var disposed = new CaseTensors(Cpu, operationCase, Seed);
        disposed.Dispose();
        AssertThatEachIsRefused(operationCase, disposed, () => Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void AViewEndsWithTheTensorThatOwnsItsMemory()
    {
        var tensor = Cpu.Allocate([4, 2]);
        var rows = tensor.FirstRows(2);
        var row = tensor.Reshape([8]);
        tensor.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(() => rows.ToArray(), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => row.CopyFrom(new float[8]), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => new Relu(Cpu).Forward(rows, rows), Throws.InstanceOf<ObjectDisposedException>());
        });
    }

    [Test]
    public void ADisposedViewLeavesItsOwnerAlone()
    {
        using var tensor = Cpu.Allocate([2], [1f, 2f]);
        var view = tensor.Reshape([1, 2]);
        view.Dispose();
        Assert.That(() => view.ToArray(), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(tensor.ToArray(), Is.EqualTo(new[] { 1f, 2f }));
    }

    [Test]
    public void ADisposedBufferIsRefused()
    {
        var buffer = Cpu.AllocateBuffer<byte>(4);
        buffer.Dispose();
        buffer.Dispose();
        using var input = Cpu.Allocate([1, 1, 4, 4]);
        using var output = Cpu.Allocate([1, 1, 2, 2]);
        Assert.Multiple(() =>
        {
            Assert.That(() => buffer.CopyTo(new byte[4]), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(
                () => new MaxPool2d(Cpu, 2).Forward(input, output, buffer), Throws.InstanceOf<ObjectDisposedException>());
        });
    }

    [Test]
    public void NothingWorksOnADisposedDevice()
    {
        var device = Device.OpenCpu(1);
        var tensor = device.Allocate([2]);
        device.Dispose();
        device.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(() => device.Allocate([2]), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => new Relu(device), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(device.Synchronize, Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => tensor.ToArray(), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(tensor.Dispose, Throws.Nothing);
        });
    }

    [Test]
    public void BatchNormalisationGoesBackwardOnlyAfterForward()
    {
        using var norm = new BatchNorm2d(Cpu, channels: 2);
        using var picture = Cpu.Allocate([1, 2, 3, 3]);
        using var channels = Cpu.Allocate([2]);
        Assert.That(
            () => norm.Backward(picture, picture, channels, picture, channels, channels),
            Throws.InvalidOperationException.With.Message.Contains("only after ForwardTraining"));
    }

    [Test]
    public void ATensorHasAnExtent() =>
        Assert.That(() => Cpu.Allocate([]), Throws.ArgumentException.With.Message.Contains("at least one extent"));

    /// <summary>Puts each tensor of <paramref name="bad"/> in turn in the place of a good one.</summary>
    private static void AssertThatEachIsRefused(
        OperationCase operationCase, CaseTensors bad, Func<IResolveConstraint> refusal)
    {
        using var operation = operationCase.Create(Cpu);
        using var good = new CaseTensors(Cpu, operationCase, Seed);
        Assert.Multiple(() =>
        {
            for (int i = 0; i < good.Arguments.Count; i++)
            {
                var arguments = With(good.Arguments, bad.Arguments, i);
                Assert.That(
                    () => operation.Forward(arguments, good.Output), refusal(), $"forward, {operationCase.Arguments[i].Name}");
            }
            Assert.That(() => operation.Forward(good.Arguments, bad.Output), refusal(), "forward, the output");
        });
        if (operationCase.BackwardCost is not null)
            AssertThatBackwardRefuses(operationCase, operation, good, bad, refusal);
    }

    private static void AssertThatBackwardRefuses(
        OperationCase operationCase,
        IOperation operation,
        CaseTensors good,
        CaseTensors bad,
        Func<IResolveConstraint> refusal)
    {
        operation.Forward(good.Arguments, good.Output);
        Assert.Multiple(() =>
        {
            Assert.That(
                () => operation.Backward(good.Arguments, good.Output, bad.OutputGradient, good.ArgumentGradients),
                refusal(),
                "backward, the output's gradient");
            for (int i = 0; i < good.ArgumentGradients.Count; i++)
            {
                if (good.ArgumentGradients[i] is null)
                    continue;
                var gradients = With(good.ArgumentGradients, bad.ArgumentGradients, i);
                Assert.That(
                    () => operation.Backward(good.Arguments, good.Output, good.OutputGradient, gradients),
                    refusal(),
                    $"backward, the gradient of {operationCase.Arguments[i].Name}");
            }
        });
    }

    private static List<T> With<T>(IReadOnlyList<T> good, IReadOnlyList<T> bad, int place) =>
        [.. good.Select((tensor, i) => i == place ? bad[i] : tensor)];
}
