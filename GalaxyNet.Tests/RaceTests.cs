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
    private static readonly Conv2dGeometry Convolution = new(3, 7, 9, 5, 3, 3, 1, 1);
    private static readonly Conv2dGeometry StridedConvolution = new(2, 7, 5, 3, 3, 2, 2, 1);

    private static IEnumerable<OperationCase> Cases() =>
    [
        // The catalogue's products take the smallest tile, slice after slice of it.
        .. OperationCatalogue.All.Where(each => !each.IsBenchmark && each.Operation is not ("conv2d" or "dense")),
        .. from tile in TileShape.All.Where(tile => tile.Threads <= LargestGroup)
           from parts in new[] { 1, 3 }
           let choice = new TileChoice(tile, parts)
           let name = $"{tile.Rows}x{tile.Columns}, {parts} parts"
           from operationCase in new[]
           {
               Conv2dCases.Case(name, 2, Convolution, choice),
               Conv2dCases.Case($"{name}, strided", 1, StridedConvolution, choice),
               DenseCases.Case(name, 3, 33, 5, choice),
           }
           select operationCase,
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
