using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>The devices that the operations are tested on, each opened once for the whole run.</summary>
internal static class TestDevices
{
    private static readonly Dictionary<string, Lazy<Device?>> Devices = new()
    {
        ["cpu-512"] = new(() => Device.OpenCpu(2, VectorWidth.Bits512)),
        ["cpu-256"] = new(() => Device.OpenCpu(2, VectorWidth.Bits256)),
        ["cpu-128"] = new(() => Device.OpenCpu(3, VectorWidth.Bits128)),
        ["simulator"] = new(Device.OpenSimulator),
        ["opencl"] = new(() => OpenIfPresent(DeviceKind.OpenCl)),
        ["cuda"] = new(() => OpenIfPresent(DeviceKind.Cuda)),
    };

    /// <summary>The names, for <c>TestCaseSource</c>: a test of a device that is not here skips itself.</summary>
    public static IEnumerable<string> Names => Devices.Keys;

    /// <summary>The names of those that run the GPU schedules.</summary>
    public static IEnumerable<string> NamesOfGpuSchedule => ["simulator", "opencl", "cuda"];

    public static Device Get(string name)
    {
        if (Devices[name].Value is not { } device)
        {
            Assert.Ignore($"This machine has no {name} device.");
            throw new InvalidOperationException();
        }
        return device;
    }

    private static Device? OpenIfPresent(DeviceKind kind) =>
        Device.List().Any(device => device.Kind == kind) ? Device.Open(kind) : null;
}
