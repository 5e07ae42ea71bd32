namespace GalaxyNet.Tests;

/// <summary>Copies on a stream of their own, on every device.</summary>
[TestFixture]
internal sealed class AsyncCopiesTests
{
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void AllElementsArriveAndComeBack(string name)
    {
        var device = TestDevices.Get(name);
        using var copies = new AsyncCopies(device);
        using var source = device.AllocateHostBuffer<float>(5);
        using var target = device.AllocateBuffer<float>(5);
        using var back = device.AllocateHostBuffer<float>(5);
        for (int i = 0; i < source.Length; i++)
            source.Span[i] = i + 1;
        copies.Begin(source, target);
        copies.Wait();
        var arrived = new float[5];
        target.CopyTo(arrived);
        copies.Begin(target, back);
        copies.Wait();
        Assert.That(arrived, Is.EqualTo([1f, 2f, 3f, 4f, 5f]));
        Assert.That(back.Span.ToArray(), Is.EqualTo(arrived));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void FreshMemoryIsZeroBeforeACopyBegins(string name)
    {
        const int Length = 1 << 22; // long enough for zeroing to come late, if nobody waits for it
        var device = TestDevices.Get(name);
        using var copies = new AsyncCopies(device);
        using var source = device.AllocateHostBuffer<byte>(Length);
        source.Span.Fill(7);
        using var target = device.AllocateBuffer<byte>(Length);
        copies.Begin(source, target);
        copies.Wait();
        device.Synchronize();
        var arrived = new byte[Length];
        target.CopyTo(arrived);
        Assert.That(arrived.AsSpan().IndexOfAnyExcept((byte)7), Is.Negative);
    }

    [TestCase(3, 4)]
    [TestCase(4, 3)]
    public void BuffersOfAnotherLengthAreRefused(int hostLength, int deviceLength)
    {
        var device = TestDevices.Get("cpu-128");
        using var copies = new AsyncCopies(device);
        using var host = device.AllocateHostBuffer<byte>(hostLength);
        using var buffer = device.AllocateBuffer<byte>(deviceLength);
        Assert.That(() => copies.Begin(host, buffer), Throws.ArgumentException);
        Assert.That(() => copies.Begin(buffer, host), Throws.ArgumentException);
    }
}
