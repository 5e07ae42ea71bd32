using NUnit.Framework.Constraints;

namespace GalaxyNet.Tests;

/// <summary>A wrong use of memory, devices or the order of calls is a clear exception.</summary>
/// <remarks>Arguments of operations: <see cref="OperationMisuseTests"/>.</remarks>
[TestFixture]
internal sealed class MisuseTests
{
    private static Device Cpu => TestDevices.Get("cpu-512");

    private static Device Other => TestDevices.Get("cpu-256");

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
                () => new MaxPool2d(Cpu, 2).Forward(input, output, buffer),
                Throws.InstanceOf<ObjectDisposedException>());
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
    public void BatchNormalizationGoesBackwardOnlyAfterForward()
    {
        using var norm = new BatchNorm2d(Cpu, channels: 2);
        using var fused = new BatchNormReluMaxPool2d(Cpu, channels: 2, kernel: 1);
        using var image = Cpu.Allocate([1, 2, 3, 3]);
        using var channels = Cpu.Allocate([2]);
        using var indices = Cpu.AllocateBuffer<byte>([.. new byte[18]]);
        Assert.Multiple(() =>
        {
            Assert.That(
                () => norm.Backward(image, image, channels, image, channels, channels),
                Throws.InvalidOperationException.With.Message.Contains("only after ForwardTraining"));
            Assert.That(
                () => fused.Backward(image, indices, image, channels, image, channels, channels),
                Throws.InvalidOperationException.With.Message.Contains("only after ForwardTraining"));
        });
    }

    [Test]
    public void PoolingGoesBackwardOnlyByIndicesThatWereWritten()
    {
        using var conv = new Conv2dReluMaxPool2d(Cpu, new Conv2dGeometry(1, 13, 10, 32, 6, 6, 1, 0), window: 2);
        using var fused = new BatchNormReluMaxPool2d(Cpu, channels: 1, kernel: 2);
        using Tensor input = Cpu.Allocate([1, 1, 4, 4]), output = Cpu.Allocate([1, 1, 2, 2]);
        using Tensor x = Cpu.Allocate([1, 1, 13, 10]), y = Cpu.Allocate([1, 32, 4, 2]);
        using Tensor w = Cpu.Allocate([32, 1, 6, 6]), b = Cpu.Allocate([32]), channel = Cpu.Allocate([1]);
        using DeviceBuffer<byte> written = Cpu.AllocateBuffer<byte>(4), fresh = Cpu.AllocateBuffer<byte>(4);
        using var many = Cpu.AllocateBuffer<byte>(256);
        fused.ForwardTraining(input, channel, channel, channel, channel, output, written);
        Assert.Multiple(() =>
        {
            Assert.That(() => new MaxPool2d(Cpu, 2).Backward(fresh, output, input), ThrowsThatForwardIsMissing());
            Assert.That(() => new ReluMaxPool2d(Cpu, 2).Backward(fresh, output, input), ThrowsThatForwardIsMissing());
            Assert.That(
                () => fused.Backward(input, fresh, output, channel, input, channel, channel),
                ThrowsThatForwardIsMissing());
            Assert.That(() => conv.Backward(x, many, y, w, null, w, b), ThrowsThatForwardIsMissing());
            Assert.That(() => new MaxPool2d(Cpu, 2).Backward(written, output, input), Throws.Nothing);
        });
    }

    [TestCase(0)]
    [TestCase(16)]
    public void AWindowWhoseLastIndexMeansBlockedIsRefused(int kernel) => Assert.Multiple(() =>
    {
        Assert.That(() => new BatchNormReluMaxPool2d(Cpu, 2, kernel), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ReluMaxPool2d(Cpu, kernel), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new Conv2dReluMaxPool2d(Cpu, new(1, 20, 20, 1, 1, 1, 1, 0), kernel),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new MaxPool2d(Cpu, kernel),
            kernel == 16 ? Throws.Nothing : Throws.InstanceOf<ArgumentOutOfRangeException>(),
            "blocks nothing");
        Assert.That(() => new MaxPool2d(Cpu, 17), Throws.InstanceOf<ArgumentOutOfRangeException>());
    });

    [TestCase(-0.1f)]
    [TestCase(1.1f)]
    [TestCase(float.NaN)]
    public void ASettingOutOfRangeIsRefused(float share) => Assert.Multiple(() =>
    {
        Action[] constructors =
        [
            () => _ = new Adam(Cpu, beta1: share),
            () => _ = new Adam(Cpu, beta2: share),
            () => _ = new Adam(Cpu, epsilon: -MathF.Abs(share)),
            () => _ = new SgdMomentum(Cpu, momentum: share),
            () => _ = new BatchNorm2d(Cpu, 1, momentum: share),
            () => _ = new BatchNorm2d(Cpu, 1, epsilon: -MathF.Abs(share)),
            () => _ = new BatchNorm2d(Cpu, 0),
            () => _ = new BatchNormReluMaxPool2d(Cpu, 1, 2, momentum: share),
            () => _ = new BatchNormReluMaxPool2d(Cpu, 1, 2, epsilon: -MathF.Abs(share)),
            () => _ = new BatchNormReluMaxPool2d(Cpu, 0, 2),
        ];
        foreach (var constructor in constructors)
            Assert.That(() => constructor(), Throws.InstanceOf<ArgumentOutOfRangeException>());
    });

    [Test]
    public void MomentsOfAnotherTensorAreRefused()
    {
        using var norm = new BatchNorm2d(Cpu, channels: 2);
        using Tensor image = Cpu.Allocate([1, 2, 3, 3]), channels = Cpu.Allocate([2]);
        using var moments = new ChannelMoments(Cpu);
        moments.Resize(2, 2, 8); // 9 to 16 numbers of a channel
        Assert.That(
            () => norm.ForwardTraining(image, channels, channels, channels, channels, image, moments), Throws.Nothing);
        moments.Resize(3, 2, 8);
        Assert.That(
            () => norm.ForwardTraining(image, channels, channels, channels, channels, image, moments),
            Throws.ArgumentException.With.Message.Contains("not those of 1x2x3x3"));
    }

    [Test]
    public void AChannelSumNeedsChannels()
    {
        using var sum = new ChannelSum(Cpu);
        using var row = Cpu.Allocate([3]);
        Assert.That(() => sum.Sum(row, row), Throws.ArgumentException.With.Message.Contains("[batch, channels, ...]"));
    }

    [Test]
    public void CopiesTakeTheirDevicesBuffersOnly()
    {
        using var copies = new AsyncCopies(Cpu);
        using DeviceBuffer<byte> buffer = Cpu.AllocateBuffer<byte>(4), foreign = Other.AllocateBuffer<byte>(4);
        using HostBuffer<byte> host = Cpu.AllocateHostBuffer<byte>(4), foreignHost = Other.AllocateHostBuffer<byte>(4);
        var gone = Cpu.AllocateHostBuffer<byte>(4);
        gone.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(() => copies.Begin(host, foreign), ThrowsThatItIsAnotherDevices());
            Assert.That(() => copies.Begin(foreignHost, buffer), ThrowsThatItIsAnotherDevices());
            Assert.That(() => copies.Begin(buffer, foreignHost), ThrowsThatItIsAnotherDevices());
            Assert.That(() => copies.Begin(gone, buffer), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => copies.Begin(buffer, gone), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => gone.Span.Length, Throws.InstanceOf<ObjectDisposedException>());
            copies.Dispose();
            Assert.That(() => copies.Begin(host, buffer), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(copies.Wait, Throws.InstanceOf<ObjectDisposedException>());
        });
    }

    [Test]
    public void ADisposedWorkspaceAllocatesNothing()
    {
        var workspace = new Workspace<float>(Cpu);
        workspace.AtLeast(4);
        workspace.Dispose();
        Assert.That(() => workspace.AtLeast(2), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => workspace.AtLeast(8), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void ATensorHasAnExtent() =>
        Assert.That(() => Cpu.Allocate([]), Throws.ArgumentException.With.Message.Contains("at least one extent"));

    private static ContainsConstraint ThrowsThatItIsAnotherDevices() =>
        Throws.ArgumentException.With.Message.Contains("another device");

    private static ContainsConstraint ThrowsThatForwardIsMissing() =>
        Throws.InvalidOperationException.With.Message.Contains("only after a forward pass");
}
