using NUnit.Framework.Interfaces;

[assembly: GalaxyNet.Tests.DevicesOfAFixture]

namespace GalaxyNet.Tests;

/// <summary>The devices that the operations are tested on. A fixture's tests share them, and each is opened when one first asks for it.</summary>
internal static class TestDevices
{
    private static readonly Dictionary<string, Func<Device?>> Openers = new()
    {
        ["cpu-512"] = () => Device.OpenCpu(2, VectorWidth.Bits512),
        ["cpu-256"] = () => Device.OpenCpu(2, VectorWidth.Bits256),
        ["cpu-128"] = () => Device.OpenCpu(3, VectorWidth.Bits128),
        ["simulator"] = Device.OpenSimulator,
        ["opencl"] = () => OpenIfPresent(DeviceKind.OpenCl),
        ["cuda"] = () => OpenIfPresent(DeviceKind.Cuda),
    };

    private static readonly Dictionary<(string Name, int GroupSize), Device?> Devices = [];

    /// <summary>The names, for <c>TestCaseSource</c>: a test of a device that is not here skips itself.</summary>
    public static IEnumerable<string> Names => Openers.Keys;

    /// <summary>The names of those that run the GPU schedules.</summary>
    public static IEnumerable<string> NamesOfGpuSchedule => ["simulator", "opencl", "cuda"];

    /// <summary>Whether a case is for a device, without opening it.</summary>
    public static bool Runs(string name, OperationCase operationCase) =>
        operationCase.IsFor(NamesOfGpuSchedule.Contains(name) ? Schedule.Gpu : Schedule.Cpu);

    public static Device Get(string name) => Get(name, groupSize: 0);

    /// <summary>
    /// The device for groups of so many threads. A simulator that has run a large group wakes as many of the system's threads
    /// for every launch after it, which all the tests that share it would wait for.
    /// </summary>
    public static Device Get(string name, int groupSize)
    {
        var key = (name, name == "simulator" ? groupSize : 0);
        if (!Devices.TryGetValue(key, out var device))
            Devices.Add(key, device = Openers[name]());
        if (device is null)
        {
            Assert.Ignore($"This machine has no {name} device.");
            throw new InvalidOperationException();
        }
        return device;
    }

    /// <summary>Closes them all.</summary>
    public static void Close()
    {
        foreach (var device in Devices.Values)
            device?.Dispose();
        Devices.Clear();
    }

    private static Device? OpenIfPresent(DeviceKind kind) =>
        Device.List().Any(device => device.Kind == kind) ? Device.Open(kind) : null;
}

/// <summary>
/// Closes the devices of one fixture before the next. They hold what ILGPU has compiled, a hundred megabytes of small objects each, and
/// with those of all fixtures every collection of garbage would take longer than the tests.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class DevicesOfAFixtureAttribute : Attribute, ITestAction
{
    private static readonly Lock Gate = new(); // fixtures that compile without a device run side by side, and begin at the same time
    private static string? fixture;

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        lock (Gate)
        {
            if (test.ClassName == fixture)
                return;
            fixture = test.ClassName;
            TestDevices.Close();
        }
    }

    public void AfterTest(ITest test)
    {
    }
}
