using ILGPU;
using Device = GalaxyNet.Kernels.Device;

namespace GalaxyNet.Tests;

/// <summary>A kernel is loaded when it is first launched, once; a rehearsal loads it and launches nothing.</summary>
[TestFixture]
internal sealed class KernelLoaderTests
{
    [Test]
    public void NothingIsLoadedBeforeItIsLaunched()
    {
        using var device = Device.OpenCpu(1);
        using var numbers = device.Allocate([1]);
        int loaded = 0;
        var kernels = new KernelLoader(
            (_, _) => Assert.Fail("This is for rehearsals."),
            (method, specialization) =>
            {
                loaded++;
                return device.Accelerator.LoadKernel(method, specialization);
            });
        var method = ((Action<ArrayView<float>>)AddOne).Method;
        Assert.That(loaded, Is.Zero);
        Assert.That(kernels.Load(method, default), Is.SameAs(kernels.Load(method, default)));
        Assert.That(loaded, Is.EqualTo(1));
    }

    [Test]
    public void ARehearsalLoadsWithoutLaunching()
    {
        using var device = Device.OpenCpu(1);
        using var numbers = device.Allocate([1]);
        var launch = device.Load<ArrayView<float>>(AddOne);
        var progress = new List<(int Done, int All)>();
        device.Kernels.Rehearse(AddOneOnDevice, (done, all) => progress.Add((done, all)));
        Assert.That(numbers.ToArray(), Is.EqualTo([0f]));
        Assert.That(progress, Is.EqualTo([(1, 1)]));
        launch(new KernelConfig(1, 1), numbers.Data);
        Assert.That(numbers.ToArray(), Is.EqualTo([1f]));
        device.Kernels.Rehearse(AddOneOnDevice, (done, all) => progress.Add((done, all)));
        Assert.That(progress, Has.Count.EqualTo(1), "it is there already");

        void AddOneOnDevice() => launch(new KernelConfig(1, 1), numbers.Data);
    }

    [Test]
    public void ARehearsalThatFailsIsOver()
    {
        using var device = Device.OpenCpu(1);
        using var numbers = device.Allocate([1]);
        var launch = device.Load<ArrayView<float>>(AddOne);
        Assert.That(
            () => device.Kernels.Rehearse(() => throw new ArgumentException("no")), Throws.ArgumentException);
        launch(new KernelConfig(1, 1), numbers.Data);
        Assert.That(numbers.ToArray(), Is.EqualTo([1f]));
    }

    private static void AddOne(ArrayView<float> numbers) => numbers[0] += 1f;
}
