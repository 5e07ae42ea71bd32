using NUnit.Framework.Interfaces;

[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: GalaxyNet.Tests.DevicesOfAFixture]

namespace GalaxyNet.Tests;

/// <summary>
/// The devices that the operations are tested on. A fixture's tests share them, and each is opened when one first asks
/// for it.
/// </summary>
internal static class TestDevices
{
    private const string CudaTf32 = "cuda-tf32";

    private static readonly Dictionary<string, Func<Device>> Openers = new()
    {
        ["cpu-512"] = () => Device.OpenCpu(2, VectorRegisters.Avx512),
        ["cpu-256"] = () => Device.OpenCpu(2, VectorRegisters.Avx2),
        ["cpu-128"] = () => Device.OpenCpu(3, VectorRegisters.Sse),
        ["cpu-neon"] = () => Device.OpenCpu(2, VectorRegisters.Neon),
        ["simulator"] = Device.OpenSimulator,
        ["opencl"] = () => Device.Open(DeviceKind.OpenCl),
        ["cuda"] = () => Device.Open(DeviceKind.Cuda),
        [CudaTf32] = () => Device.Open(DeviceKind.Cuda, precision: Precision.TensorFloat32),
    };

    // A device is for one thread, and so each of the test runner's workers has devices of its own.
    private static readonly Dictionary<(string Worker, string Name, int GroupSize), Device> Devices = [];

    private static readonly HashSet<DeviceKind> Present = [.. Device.List().Select(device => device.Kind)];

    /// <summary>The names of all that a machine may have.</summary>
    public static IEnumerable<string> AllNames => Openers.Keys.Where(name => name != CudaTf32);

    /// <summary>The names of those that this machine has, for <c>TestCaseSource</c>.</summary>
    public static IEnumerable<string> Names => AllNames.Where(IsHere);

    /// <summary>Those, and the same GPU again at the precision of TF32.</summary>
    public static IEnumerable<string> NamesAtEveryPrecision => Openers.Keys.Where(IsHere);

    /// <summary>
    /// The same for slow tests, which the default tier has on real devices alone: a GPU, and a processor with one width
    /// of vectors.
    /// </summary>
    public static IEnumerable<TestCaseData> SlowlyTested =>
        Names.Select(name => new TestCaseData(name).InDefaultTier(IsQuick(name)));

    /// <summary>The names of those of them that run the GPU schedules.</summary>
    public static IEnumerable<string> NamesOfGpuSchedule => Names.Where(IsGpu);

    /// <summary>Whether a case is for a device, without opening it.</summary>
    public static bool Runs(string name, OperationCase operationCase) =>
        operationCase.IsFor(IsGpu(name) ? Schedule.Gpu : Schedule.Cpu);

    public static Device Get(string name) => Get(name, groupSize: 0);

    /// <summary>
    /// The device for groups of so many threads. A simulator that has run a large group wakes as many of the system's
    /// threads for every launch after it, which all the tests that share it would wait for.
    /// </summary>
    public static Device Get(string name, int groupSize)
    {
        var key = (Worker, name, name == "simulator" ? groupSize : 0);
        lock (Devices)
        {
            if (!Devices.TryGetValue(key, out var device))
                Devices.Add(key, device = Openers[name]());
            return device;
        }
    }

    /// <summary>Whether slow tests have the device in the default tier.</summary>
    public static bool IsQuick(string name) => name is "cpu-256" or "opencl" or "cuda" or CudaTf32;

    /// <summary>Closes those of the worker, which begins another fixture, and those of workers that are idle.</summary>
    public static void Close()
    {
        lock (Devices)
        {
            foreach (var (key, device) in Devices.Where(each => IsIdle(each.Key.Worker)).ToList())
            {
                device.Dispose();
                Devices.Remove(key);
            }
        }
    }

    /// <summary>Whether this machine has a device.</summary>
    public static bool IsHere(string name) => name switch
    {
        "opencl" => Present.Contains(DeviceKind.OpenCl),
        "cuda" or CudaTf32 => Present.Contains(DeviceKind.Cuda),
        _ => true,
    };

    private static string Worker => TestContext.CurrentContext.WorkerId ?? "";

    // One worker runs the fixtures that must run alone, and while it does the others are idle, and the other way round.
    private static bool IsIdle(string worker) => worker == Worker || RunsAlone(worker) || RunsAlone(Worker);

    private static bool RunsAlone(string worker) => !worker.Contains(".ParallelWorker", StringComparison.Ordinal);

    private static bool IsGpu(string name) => name is "simulator" or "opencl" or "cuda" or CudaTf32;
}

/// <summary>Says which devices the other tests leave out, once instead of in each of them.</summary>
[TestFixture]
internal sealed class TestDevicesTests
{
    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.AllNames))]
    public void ThisMachineHas(string device)
    {
        if (!TestDevices.IsHere(device))
            Assert.Ignore($"This machine has no {device} device, so that nothing is tested on one.");
    }
}

/// <summary>
/// Closes the devices of one fixture before the next that the same thread runs. They hold what ILGPU has compiled, a
/// hundred megabytes of small objects each, and with those of all fixtures every garbage collection would take longer
/// than the tests.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class DevicesOfAFixtureAttribute : Attribute, ITestAction
{
    [ThreadStatic]
    private static string? fixture;

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        if (test.ClassName == fixture)
            return;
        fixture = test.ClassName;
        TestDevices.Close();
    }

    public void AfterTest(ITest test)
    {
    }
}
