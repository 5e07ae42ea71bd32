namespace GalaxyNet.Tests;

/// <summary>
/// Launches that come again: an NVIDIA GPU captures them, and on every device they do what they do one by one.
/// </summary>
[TestFixture]
internal sealed class LaunchGraphTests
{
    private const string Key = "key";

    private static IEnumerable<string> WhereLaunchesAreCaptured => TestDevices.Names.Where(IsCuda);

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void FromTheSecondTimeOnTheyAreLaunchedWhole(string name)
    {
        using var work = new Work(TestDevices.Get(name));
        for (int i = 1; i <= 5; i++)
            work.Run();
        Assert.That(work.Sum, Is.EqualTo(-5f));
        Assert.That(work.Calls, Is.EqualTo(IsCuda(name) ? 2 : 5), "one by one, then to be captured");
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void OthersAreAnotherGraph(string name)
    {
        using var work = new Work(TestDevices.Get(name));
        for (int i = 1; i <= 3; i++)
        {
            work.Run();
            work.Run("another");
        }
        Assert.That(work.Sum, Is.EqualTo(-6f));
        Assert.That(work.Calls, Is.EqualTo(IsCuda(name) ? 4 : 6));
    }

    /// <summary>What was captured could read memory that is gone.</summary>
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void OnceMemoryIsFreedTheyAreCapturedAgain(string name)
    {
        var device = TestDevices.Get(name);
        using var work = new Work(device);
        for (int i = 1; i <= 8; i++)
        {
            work.Run();
            if (i == 4)
                device.Allocate([1]).Dispose();
        }
        Assert.That(work.Sum, Is.EqualTo(-8f));
        Assert.That(work.Calls, Is.EqualTo(IsCuda(name) ? 4 : 8));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void WhatComesTooSeldomIsNotCaptured(string name)
    {
        using var work = new Work(TestDevices.Get(name));
        for (int i = 0; i < 3 * 17; i++)
            work.Run($"{i % 17}");
        Assert.That(work.Sum, Is.EqualTo(-51f));
        Assert.That(work.Calls, Is.EqualTo(51));
    }

    [TestCaseSource(nameof(WhereLaunchesAreCaptured))]
    public void WhatADriverDoesNotCaptureIsLaunchedOneByOne(string name)
    {
        Assert.That(TestDevices.Get(name).CapturesLaunches);
        using var device = Device.Open(DeviceKind.Cuda); // it keeps in mind what happens here
        using var work = new Work(device) { Besides = () => device.AllocateBuffer<int>(1) };
        for (int i = 1; i <= 4; i++)
            work.Run();
        Assert.That(work.Sum, Is.EqualTo(-4f));
        Assert.That(device.WhyNoCapture, Does.Contain("not permitted when stream is capturing"));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Names))]
    public void AFaultOfTheirOwnIsNotHidden(string name)
    {
        using var work = new Work(TestDevices.Get(name));
        work.Run();
        work.Besides = () => throw new InvalidOperationException("no");
        Assert.That(() => work.Run(), Throws.InvalidOperationException);
        work.Besides = null;
        work.Run();
        work.Run();
        Assert.That(work.Calls, Is.EqualTo(IsCuda(name) ? 3 : 4));
    }

    private static bool IsCuda(string name) => name == "cuda";

    /// <summary>A kernel that takes one from a number each time it runs.</summary>
    private sealed class Work : IDisposable
    {
        private readonly LaunchGraphs<string> graphs;
        private readonly SgdMomentum descent;
        private readonly Tensor sum;
        private readonly Tensor one;
        private readonly Tensor velocity;

        public Work(Device device)
        {
            graphs = new LaunchGraphs<string>(device);
            descent = new SgdMomentum(device, momentum: 0f);
            sum = device.Allocate([1]);
            one = device.Allocate([1], [1f]);
            velocity = device.Allocate([1]);
        }

        public int Calls { get; private set; }

        public float Sum => sum.ToArray()[0];

        public Action? Besides { get; set; }

        public void Run(string key = Key) => graphs.Run(key, () =>
        {
            Calls++;
            Besides?.Invoke();
            descent.Step(sum, one, velocity, learningRate: 1f);
            return sum;
        });

        public void Dispose()
        {
            graphs.Dispose();
            sum.Dispose();
            one.Dispose();
            velocity.Dispose();
        }
    }
}
