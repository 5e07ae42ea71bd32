using GalaxyNet.Kernels;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Device = GalaxyNet.Kernels.Device;

namespace GalaxyNet.Tests;

/// <summary>
/// Every operation gives the same bits in whatever order a GPU runs its threads: where a barrier is missing, the simulator
/// that runs one thread after the other reads what another has not yet written.
/// </summary>
[TestFixture]
internal sealed class RaceTests
{
    private const int Multiprocessors = 3;
    private const int LargestGroup = 64; // a turn of one thread after the other takes time with the square of their number

    private static readonly Lazy<Device> AllAtOnce = new(() => Open(CPUAcceleratorMode.Parallel));
    private static readonly Lazy<Device> OneAfterTheOther = new(() => Open(CPUAcceleratorMode.Sequential));
    private static readonly Conv2dGeometry SmallConvolution = new(3, 7, 9, 5, 3, 3, 1, 1);

    private static IEnumerable<OperationCase> Cases() =>
    [
        .. OperationCatalogue.All.Where(operationCase => !operationCase.IsBenchmark),
        .. from tile in TileShape.All.Where(tile => tile.Threads <= LargestGroup)
           from parts in new[] { 1, 3 }
           select Conv2dCases.Case($"{tile.Rows}x{tile.Columns}, {parts} parts", 2, SmallConvolution, new(tile, parts)),
    ];

    [TestCaseSource(nameof(Cases))]
    public void TheOrderOfThreadsChangesNoBit(OperationCase operationCase) => Assert.That(
        AgreementTests.Results(OneAfterTheOther.Value, operationCase),
        Is.EqualTo(AgreementTests.Results(AllAtOnce.Value, operationCase)));

    [Test]
    public void AMissingBarrierIsFound()
    {
        using var values = OneAfterTheOther.Value.Allocate([32], Values.Distinct([32], 1));
        float[] reversed = [.. values.ToArray().Reverse()];
        var kernel = OneAfterTheOther.Value.Accelerator.LoadStreamKernel<ArrayView<float>>(ReverseWithoutBarrier);
        kernel(new KernelConfig(1, 32), values.Data);
        Assert.That(values.ToArray(), Is.Not.EqualTo(reversed));
    }

    private static Device Open(CPUAcceleratorMode mode) =>
        Device.OpenSimulator(new CPUDevice(32, LargestGroup / 32, Multiprocessors), mode);

    private static void ReverseWithoutBarrier(ArrayView<float> values)
    {
        var shared = SharedMemory.Allocate<float>(32);
        shared[Group.IdxX] = values[Group.IdxX];
        values[Group.IdxX] = shared[31 - Group.IdxX];
    }
}
