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

    private static readonly Lazy<Device> AllAtOnce = new(() => Open(CPUAcceleratorMode.Parallel, LargestGroup));
    private static readonly Lazy<Device> OneAfterTheOther = new(() => Open(CPUAcceleratorMode.Sequential, LargestGroup));
    private static readonly Conv2dGeometry Convolution = new(3, 7, 9, 5, 3, 3, 1, 1);
    private static readonly Conv2dGeometry StridedConvolution = new(2, 7, 5, 3, 3, 2, 2, 1);

    private static IEnumerable<TestCaseData> Tiles() =>
        TileShape.All.Select(tile => new TestCaseData(tile).SetArgDisplayNames($"{tile.Rows}x{tile.Columns}"));

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

    [TestCaseSource(nameof(Tiles))]
    public void TheOrderOfThreadsChangesNoMoment(TileShape tile)
    {
        using var oneAfterTheOther = Open(CPUAcceleratorMode.Sequential, tile.Threads);
        using var allAtOnce = Open(CPUAcceleratorMode.Parallel, tile.Threads);
        Assert.That(Moments(oneAfterTheOther, tile), Is.EqualTo(Moments(allAtOnce, tile)));
    }

    [Test]
    public void AMissingBarrierIsFound()
    {
        using var values = OneAfterTheOther.Value.Allocate([32], Values.Distinct([32], 1));
        float[] reversed = [.. values.ToArray().Reverse()];
        var kernel = OneAfterTheOther.Value.Accelerator.LoadStreamKernel<ArrayView<float>>(ReverseWithoutBarrier);
        kernel(new KernelConfig(1, 32), values.Data);
        Assert.That(values.ToArray(), Is.Not.EqualTo(reversed));
    }

    /// <summary>A convolution's output and what it leaves of it for a batch normalisation, in one launch of two slices.</summary>
    private static float[] Moments(Device device, TileShape tile)
    {
        var geometry = new Conv2dGeometry(1, 5, 4, 6, 3, 3, 1, 1);
        using var convolution = new Conv2d(device, geometry, new TileChoice(tile, 1));
        using var input = device.Allocate(geometry.InputShape(1), Values.Uniform(geometry.InputShape(1), 1));
        using var weight = device.Allocate(geometry.WeightShape, Values.Uniform(geometry.WeightShape, 2));
        using var bias = device.Allocate([6], Values.Uniform([6], 3));
        using var output = device.Allocate(geometry.OutputShape(1));
        using var moments = new ChannelMoments(device);
        convolution.ForwardWithMoments(input, weight, bias, output, moments);
        var means = new float[moments.Means.Length];
        var squares = new float[moments.Squares.Length];
        moments.Means.CopyToHost(means);
        moments.Squares.CopyToHost(squares);
        return [.. output.ToArray(), .. means, .. squares];
    }

    private static Device Open(CPUAcceleratorMode mode, int threads) =>
        Device.OpenSimulator(new CPUDevice(32, threads / 32, Multiprocessors), mode);

    private static void ReverseWithoutBarrier(ArrayView<float> values)
    {
        var shared = SharedMemory.Allocate<float>(32);
        shared[Group.IdxX] = values[Group.IdxX];
        values[Group.IdxX] = shared[31 - Group.IdxX];
    }
}
