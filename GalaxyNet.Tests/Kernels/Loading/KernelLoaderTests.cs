using ILGPU;
using ILGPU.Runtime;
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
        var source = new CountingSource(device.Accelerator);
        var kernels = new KernelLoader(source);
        var code = new KernelCode(((Action<ArrayView<float>>)AddOne).Method);
        Assert.That(source.Loaded, Is.Zero);
        Assert.That(kernels.Load(code), Is.SameAs(kernels.Load(code)));
        Assert.That(source.Loaded, Is.EqualTo(1));
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

    private sealed class CountingSource(Accelerator accelerator) : IKernelSource
    {
        public int Loaded { get; private set; }

        public void Compile(IReadOnlyCollection<KernelCode> kernels, Action<KernelCode> onCompiled) =>
            Assert.Fail("This is for rehearsals.");

        public Kernel Load(KernelCode kernel)
        {
            Loaded++;
            return accelerator.LoadKernel(kernel.Method, kernel.Specialization);
        }
    }
}
