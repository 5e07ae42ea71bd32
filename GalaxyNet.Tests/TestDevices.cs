using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>
/// The devices that the operations are tested on. Each thread that runs tests has its own, opened once for the whole run, so that
/// fixtures may run side by side.
/// </summary>
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

    private static readonly ThreadLocal<Dictionary<string, Lazy<Device?>>> Devices =
        new(() => Openers.ToDictionary(opener => opener.Key, opener => new Lazy<Device?>(opener.Value)));

    private static readonly ThreadLocal<Dictionary<int, Device>> Simulators = new(() => []);

    /// <summary>The names, for <c>TestCaseSource</c>: a test of a device that is not here skips itself.</summary>
    public static IEnumerable<string> Names => Openers.Keys;

    /// <summary>The names of those that run the GPU schedules.</summary>
    public static IEnumerable<string> NamesOfGpuSchedule => ["simulator", "opencl", "cuda"];

    public static Device Get(string name)
    {
        if (Devices.Value![name].Value is not { } device)
        {
            Assert.Ignore($"This machine has no {name} device.");
            throw new InvalidOperationException();
        }
        return device;
    }

    /// <summary>
    /// The device for groups of so many threads. A simulator that has run a large group wakes as many of the system's threads
    /// for every launch after it, which all the tests that share it would wait for.
    /// </summary>
    public static Device Get(string name, int groupSize)
    {
        if (name != "simulator")
            return Get(name);
        if (!Simulators.Value!.TryGetValue(groupSize, out var simulator))
            Simulators.Value.Add(groupSize, simulator = Device.OpenSimulator());
        return simulator;
    }

    private static Device? OpenIfPresent(DeviceKind kind) =>
        Device.List().Any(device => device.Kind == kind) ? Device.Open(kind) : null;
}
