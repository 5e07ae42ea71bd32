using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>Copies on a stream of their own, on every device.</summary>
[TestFixture]
internal sealed class UploadsTests
{
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void AllElementsArrive(string name)
    {
        var device = TestDevices.Get(name);
        using var uploads = new Uploads(device);
        using var source = device.AllocateHostBuffer<float>(5);
        using var target = device.AllocateBuffer<float>(5);
        for (int i = 0; i < source.Length; i++)
            source.Span[i] = i + 1;
        uploads.Begin(source, target);
        uploads.Wait();
        var arrived = new float[5];
        target.CopyTo(arrived);
        Assert.That(arrived, Is.EqualTo([1f, 2f, 3f, 4f, 5f]));
    }

    [TestCase(3, 4)]
    [TestCase(4, 3)]
    public void BuffersOfAnotherLengthAreRefused(int sourceLength, int targetLength)
    {
        var device = TestDevices.Get("cpu-128");
        using var uploads = new Uploads(device);
        using var source = device.AllocateHostBuffer<byte>(sourceLength);
        using var target = device.AllocateBuffer<byte>(targetLength);
        Assert.That(() => uploads.Begin(source, target), Throws.ArgumentException);
    }
}
