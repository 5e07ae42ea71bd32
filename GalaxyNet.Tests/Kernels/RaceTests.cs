using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Device = GalaxyNet.Kernels.Device;
using Floats = ILGPU.ArrayView<float>;

namespace GalaxyNet.Tests;

/// <summary>
/// Every operation gives the same bits in whatever order a GPU runs its threads: where a barrier is missing, the
/// simulator that runs one thread after the other reads what another has not yet written.
/// </summary>
[TestFixture]
internal sealed class RaceTests
{
    private const int Multiprocessors = 3;
    private const int LargestGroup = 64; // the time of one thread after the other grows with their number's square

    // Other warps and other numbers of multiprocessors than elsewhere here.
    private static readonly CPUDevice[] OtherGpus = [new(8, 4, 1), new(16, 2, 7)];

    private static readonly Conv2dGeometry Convolution = new(3, 7, 9, 5, 3, 3, 1, 1);
    private static readonly Conv2dGeometry StridedConvolution = new(2, 7, 5, 3, 3, 2, 2, 1);

    private readonly Lazy<Device> sharedAllAtOnce = new(() => Open(CPUAcceleratorMode.Parallel));
    private readonly Lazy<Device> sharedOneAfterTheOther = new(() => Open(CPUAcceleratorMode.Sequential));

    [OneTimeTearDown]
    public void CloseTheDevices()
    {
        foreach (var device in new[] { sharedAllAtOnce, sharedOneAfterTheOther }.Where(device => device.IsValueCreated))
            device.Value.Dispose();
    }

    private static IEnumerable<TestCaseData> GpusWithGroups() =>
        from gpu in OtherGpus
        let name = $"{gpu.NumMultiprocessors} x {gpu.MaxNumThreadsPerGroup}, warps of {gpu.WarpSize}"
        from operationCase in CasesWithSharedMemory()
        select new TestCaseData(gpu, operationCase)
            .SetArgDisplayNames(name, operationCase.ToString())
            .InDefaultTier(gpu == OtherGpus[^1] && operationCase.Operation is "channel_sum");

    /// <summary>For each operation whose kernels have shared memory, a small case.</summary>
    private static IEnumerable<OperationCase> CasesWithSharedMemory() =>
    [
        .. from operation in new[] { "batch_norm2d", "batch_norm_relu_max_pool2d", "channel_sum", "weighted_mse" }
           select OperationCatalogue.All.Where(each => !each.IsBenchmark && each.Operation == operation)
               .MaxBy(each => each.Arguments[0].Shape.Count)!,
        DenseCases.Case("3 parts", 3, 33, 5, new TileChoice(TileShape.Of64x32, 3)),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
    [
        // The catalogue's products take the smallest tile, slice after slice of it.
        .. from operationCase in OperationCatalogue.All
           where !operationCase.IsBenchmark
           where operationCase.Operation is not ("conv2d" or "conv2d_relu_max_pool2d" or "dense")
           select Data(operationCase, operationCase.Operation is "channel_sum" or "weighted_mse"),
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
           select Data(operationCase, isQuick: false),
        // Windows come to a slice by another way than matrices.
        Data(
            Conv2dCases.Case("one tile", 1, new(2, 3, 4, 5, 3, 3, 1, 1), new TileChoice(TileShape.Of64x32, 1)),
            isQuick: false),
    ];

    private static IEnumerable<TestCaseData> LargeTiles() =>
        from tile in TileShape.All.Where(tile => tile.Threads > LargestGroup)
        let choice = new TileChoice(tile, 1)
        let name = $"{tile.Rows}x{tile.Columns}"
        from operationCase in new[]
        {
            DenseCases.Case(name, 5, 6, 7, choice),
            Conv2dCases.Case(name, 1, new(1, 4, 3, 5, 3, 3, 1, 1), choice),
        }
        select new TestCaseData(tile, operationCase).SetArgDisplayNames(operationCase.ToString());

    private static TestCaseData Data(OperationCase operationCase, bool isQuick) =>
        new TestCaseData(operationCase).SetArgDisplayNames(operationCase.ToString()).InDefaultTier(isQuick);

    [TestCaseSource(nameof(Cases))]
    public void TheOrderOfThreadsChangesNoBit(OperationCase operationCase) => Assert.That(
        AgreementTests.Results(sharedOneAfterTheOther.Value, operationCase),
        Is.EqualTo(AgreementTests.Results(sharedAllAtOnce.Value, operationCase)));

    [TestCaseSource(nameof(GpusWithGroups))]
    public void TheOrderOfThreadsChangesNoBitOnOtherGpus(CPUDevice gpu, OperationCase operationCase) =>
        AssertThatOrderChangesNothing(gpu, device => AgreementTests.Results(device, operationCase));

    [TestCaseSource(nameof(LargeTiles)), Exhaustive]
    public void TheOrderOfThreadsChangesNoBitOfAnyLargeTile(TileShape tile, OperationCase operationCase) =>
        AssertThatOrderChangesNothing(Gpu(tile.Threads), device => AgreementTests.Results(device, operationCase));

    [TestCase("double-buffered"), Exhaustive]
    [TestCase("tiled")]
    [TestCase("register-tiled")]
    [TestCase("vectorised")]
    public void TheOrderOfThreadsChangesNoBitOfTheLadder(string name)
    {
        var rung = Rung.All.Single(each => each.Name == name);
        AssertThatOrderChangesNothing(Gpu(Rung.Threads), device => Product(device, rung));
    }

    [TestCase(64), TestCase(128), Exhaustive] // 128 are GroupSum's on a real GPU
    public void TheOrderOfThreadsChangesNoSumOfAWholeGroup(int threads) =>
        AssertThatOrderChangesNothing(Gpu(threads), device => Sums(device, threads));

    [Test]
    public void AMissingBarrierIsFound()
    {
        using var values = sharedOneAfterTheOther.Value.Allocate([32], Values.Distinct([32], 1));
        float[] reversed = [.. values.ToArray().Reverse()];
        var kernel = sharedOneAfterTheOther.Value.Accelerator.LoadStreamKernel<ArrayView<float>>(ReverseWithoutBarrier);
        kernel(new KernelConfig(1, 32), values.Data);
        Assert.That(values.ToArray(), Is.Not.EqualTo(reversed));
    }

    private static float[] Product(Device device, Rung rung)
    {
        var extents = new ProductExtents(9, 10, 17); // more than one slice
        using var left = device.Allocate([9, 17], Values.Uniform([9, 17], 1));
        using var right = device.Allocate([17, 10], Values.Uniform([17, 10], 2));
        using var product = device.Allocate([9, 10]);
        rung.Load(device, extents)(left.Data, right.Data, product.Data);
        return product.ToArray();
    }

    /// <summary>The moments of a channel from 300 parts, in one group: three sums over its threads.</summary>
    private static float[] Sums(Device device, int threads)
    {
        const int Channels = 1;
        const int Parts = 300;
        const int CountOfPart = 8;
        var config = new KernelConfig(Channels, threads);
        using var means = device.Allocate([Parts, Channels], Values.Uniform([Parts, Channels], 1));
        using var squares = device.Allocate([Parts, Channels], Values.Between(0f, 1f)([Parts, Channels], 2));
        using Tensor mean = device.Allocate([Channels]), square = device.Allocate([Channels]);
        var parts = new MomentParts(means.Data, squares.Data, Channels, Parts - 1, CountOfPart, CountOfPart - 3);
        var join = device.Load<MomentParts, Floats, Floats>(BatchNorm2dKernels.JoinMomentsKernel);
        join(config, parts, mean.Data, square.Data);
        return [.. mean.ToArray(), .. square.ToArray()];
    }

    private static void AssertThatOrderChangesNothing<T>(CPUDevice gpu, Func<Device, T> results)
    {
        using var oneAfterTheOther = Device.OpenSimulator(gpu, CPUAcceleratorMode.Sequential);
        using var allAtOnce = Device.OpenSimulator(gpu, CPUAcceleratorMode.Parallel);
        Assert.That(results(oneAfterTheOther), Is.EqualTo(results(allAtOnce)));
    }

    private static Device Open(CPUAcceleratorMode mode) =>
        Device.OpenSimulator(Gpu(LargestGroup, Multiprocessors), mode);

    private static CPUDevice Gpu(int threads, int multiprocessors = 1) => new(32, threads / 32, multiprocessors);

    private static void ReverseWithoutBarrier(ArrayView<float> values)
    {
        var shared = SharedMemory.Allocate<float>(32);
        shared[Group.IdxX] = values[Group.IdxX];
        values[Group.IdxX] = shared[31 - Group.IdxX];
    }
}
