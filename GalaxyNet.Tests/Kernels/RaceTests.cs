using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Device = GalaxyNet.Kernels.Device;
using Floats = ILGPU.ArrayView<float>;

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

    // Other warps and other numbers of multiprocessors than elsewhere here.
    private static readonly CPUDevice[] OtherGpus = [new(8, 4, 1), new(16, 2, 7)];

    private static readonly Conv2dGeometry Convolution = new(3, 7, 9, 5, 3, 3, 1, 1);
    private static readonly Conv2dGeometry StridedConvolution = new(2, 7, 5, 3, 3, 2, 2, 1);

    private readonly Lazy<Device> sharedAllAtOnce = new(() => Device.OpenSimulator(Gpu(LargestGroup, Multiprocessors), CPUAcceleratorMode.Parallel));
    private readonly Lazy<Device> sharedOneAfterTheOther = new(() => Device.OpenSimulator(Gpu(LargestGroup, Multiprocessors), CPUAcceleratorMode.Sequential));

    [OneTimeTearDown]
    public void CloseTheDevices()
    {
        foreach (var device in new[] { sharedAllAtOnce, sharedOneAfterTheOther }.Where(device => device.IsValueCreated))
            device.Value.Dispose();
    }

    private static IEnumerable<TestCaseData> Tiles()
    {
        foreach (var tile in TileShape.All)
        {
            var data = new TestCaseData(tile).SetArgDisplayNames($"{tile.Rows}x{tile.Columns}");
            bool isQuick = tile.Threads <= LargestGroup || tile == TileShape.Of96x128;
            yield return isQuick ? data : data.Explicit("Half a minute.");
        }
    }

    private static IEnumerable<TestCaseData> GpusWithGroups() =>
        from gpu in OtherGpus
        from operationCase in CasesWithSharedMemory()
        select new TestCaseData(gpu, operationCase)
            .SetArgDisplayNames($"{gpu.NumMultiprocessors} x {gpu.MaxNumThreadsPerGroup}, warps of {gpu.WarpSize}", operationCase.ToString());

    /// <summary>For each operation whose kernels have shared memory, a small case.</summary>
    private static IEnumerable<OperationCase> CasesWithSharedMemory() =>
    [
        .. from operation in new[] { "batch_norm2d", "batch_norm_relu_max_pool2d", "channel_sum", "weighted_mse" }
           select OperationCatalogue.All.Where(each => !each.IsBenchmark && each.Operation == operation).MaxBy(each => each.Arguments[0].Shape.Count)!,
        DenseCases.Case("3 parts", 3, 33, 5, new TileChoice(TileShape.Of64x32, 3)),
    ];

    private static IEnumerable<OperationCase> Cases() =>
    [
        // The catalogue's products take the smallest tile, slice after slice of it.
        .. OperationCatalogue.All.Where(each => !each.IsBenchmark && each.Operation is not ("conv2d" or "conv2d_relu_max_pool2d" or "dense")),
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

    private static IEnumerable<TestCaseData> LargeTiles() =>
        from tile in TileShape.All.Where(tile => tile.Threads > LargestGroup)
        let choice = new TileChoice(tile, 1)
        let name = $"{tile.Rows}x{tile.Columns}"
        from operationCase in new[] { DenseCases.Case(name, 5, 6, 7, choice), Conv2dCases.Case(name, 1, new(1, 4, 3, 5, 3, 3, 1, 1), choice) }
        select new TestCaseData(tile, operationCase).SetArgDisplayNames(operationCase.ToString());

    [TestCaseSource(nameof(Cases))]
    public void TheOrderOfThreadsChangesNoBit(OperationCase operationCase) => Assert.That(
        AgreementTests.Results(sharedOneAfterTheOther.Value, operationCase),
        Is.EqualTo(AgreementTests.Results(sharedAllAtOnce.Value, operationCase)));

    [TestCaseSource(nameof(GpusWithGroups))]
    public void TheOrderOfThreadsChangesNoBitOnOtherGpus(CPUDevice gpu, OperationCase operationCase) =>
        AssertThatOrderChangesNothing(gpu, device => AgreementTests.Results(device, operationCase));

    /// <summary>The tile that its threads share out unevenly. The larger ones take minutes one thread after the other.</summary>
    [Test]
    public void TheOrderOfThreadsChangesNoBitOfALargeTile()
    {
        var operationCase = DenseCases.Case("small", 5, 6, 7, new TileChoice(TileShape.Of96x128, 1));
        AssertThatOrderChangesNothing(Gpu(TileShape.Of96x128.Threads), device => AgreementTests.Results(device, operationCase));
    }

    [TestCaseSource(nameof(LargeTiles)), Explicit("A minute each.")]
    public void TheOrderOfThreadsChangesNoBitOfAnyLargeTile(TileShape tile, OperationCase operationCase) =>
        AssertThatOrderChangesNothing(Gpu(tile.Threads), device => AgreementTests.Results(device, operationCase));

    [TestCase("double-buffered")]
    [TestCase("tiled", Explicit = true)]
    [TestCase("register-tiled", Explicit = true)]
    [TestCase("vectorised", Explicit = true)]
    public void TheOrderOfThreadsChangesNoBitOfTheLadder(string name)
    {
        var rung = Rung.All.Single(each => each.Name == name);
        AssertThatOrderChangesNothing(Gpu(Rung.Threads), device => Product(device, rung));
    }

    [TestCase(64)]
    [TestCase(128, Explicit = true)] // GroupSum's on a real GPU
    public void TheOrderOfThreadsChangesNoSumOfAWholeGroup(int threads) =>
        AssertThatOrderChangesNothing(Gpu(threads), device => Sums(device, threads));

    [TestCaseSource(nameof(Tiles))]
    public void TheOrderOfThreadsChangesNoMoment(TileShape tile) =>
        AssertThatOrderChangesNothing(Gpu(tile.Threads), device => Moments(device, tile));

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
        var config = new KernelConfig(Channels, threads);
        using var means = device.Allocate([Parts, Channels], Values.Uniform([Parts, Channels], 1));
        using var squares = device.Allocate([Parts, Channels], Values.Between(0f, 1f)([Parts, Channels], 2));
        using var results = device.Allocate([4, Channels]);
        var join = device.Accelerator
            .LoadStreamKernel<Floats, Floats, StatisticsOutput, int, int>(BatchNorm2dKernels.JoinMomentsKernel);
        var output = new StatisticsOutput(Row(0), Row(1), Row(2), Row(3), 0.5f);
        join(config, means.Data, squares.Data, output, (8 * Parts) - 3, 8);
        return results.ToArray();

        Floats Row(int row) => results.Data.SubView(row * Channels, Channels);
    }

    /// <summary>A convolution's output and what it leaves of it for a batch normalization, in one launch of two slices.</summary>
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

    private static void AssertThatOrderChangesNothing<T>(CPUDevice gpu, Func<Device, T> results)
    {
        using var oneAfterTheOther = Device.OpenSimulator(gpu, CPUAcceleratorMode.Sequential);
        using var allAtOnce = Device.OpenSimulator(gpu, CPUAcceleratorMode.Parallel);
        Assert.That(results(oneAfterTheOther), Is.EqualTo(results(allAtOnce)));
    }

    private static CPUDevice Gpu(int threads, int multiprocessors = 1) => new(32, threads / 32, multiprocessors);

    private static void ReverseWithoutBarrier(ArrayView<float> values)
    {
        var shared = SharedMemory.Allocate<float>(32);
        shared[Group.IdxX] = values[Group.IdxX];
        values[Group.IdxX] = shared[31 - Group.IdxX];
    }
}
