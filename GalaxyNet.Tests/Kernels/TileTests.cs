namespace GalaxyNet.Tests;

/// <summary>
/// Every tile of the GPU schedules, and a split depth, at shapes that overlap its edges or allow 128-bit loads:
/// left to themselves the launchers take small tiles for the catalogue's small shapes.
/// </summary>
[TestFixture]
internal sealed class TileTests
{
    private static readonly TileChoice[] SplitChoices =
        [new(TileShape.Of128x128, 2), new(TileShape.Of96x128, 2), new(TileShape.Of64x64, 3), new(TileShape.Of64x32, 2)];

    // The tiles that a real GPU takes for attempt 4's convolutions, and those in small: their filters, on images of a
    // tile's columns and some.
    private static readonly (TileShape Tile, Conv2dGeometry Geometry)[] LikeAttemptFour =
    [
        (TileShape.Of64x128, new(3, 10, 13, 64, 9, 9, 1, 4)),
        (TileShape.Of96x128, new(7, 10, 13, 96, 5, 5, 1, 2)),
        (TileShape.Of128x128, new(9, 10, 13, 128, 3, 3, 1, 1)),
    ];

    // Those of the engine for NVIDIA's GPUs, with as many parts as one cluster takes, and more.
    private static IEnumerable<TileChoice> CudaChoices =>
        from tile in CudaTileShapes.All
        from parts in (int[])[1, 2, 12]
        select new TileChoice(tile, parts);

    private static IEnumerable<TileChoice> AllChoices =>
        TileShape.All.Select(tile => new TileChoice(tile, 1)).Concat(SplitChoices);

    /// <summary>Every convolution that is checked with a tile chosen here.</summary>
    internal static IEnumerable<OperationCase> Convolutions =>
    [
        .. AllChoices.SelectMany(ConvolutionsWith),
        .. LikeAttemptFour.SelectMany(like => Enumerable.Range(1, 2).Select(parts => InParts(like, parts))),
    ];

    private static IEnumerable<TestCaseData> Choices() =>
        from device in TestDevices.NamesOfGpuSchedule
        from choice in device == "cuda" ? AllChoices.Concat(CudaChoices) : AllChoices
        select new TestCaseData(device, choice)
            .SetArgDisplayNames(device, choice.Tile.Name, $"{choice.Parts} parts")
            .InDefaultTier(choice.Tile == TileShape.Of64x32 && device != "simulator");

    private static IEnumerable<TestCaseData> ConvolutionsLikeAttemptFour() =>
        from device in TestDevices.NamesOfGpuSchedule
        from like in LikeAttemptFour
        select new TestCaseData(device, like).SetArgDisplayNames(device, $"{like.Tile.Rows}x{like.Tile.Columns}");

    [TestCaseSource(nameof(Choices))]
    public void Conv2dAgreesWithTheReference(string device, TileChoice choice)
    {
        foreach (var operationCase in ConvolutionsWith(choice))
            AssertAgrees(device, choice.Tile, operationCase);
    }

    [TestCaseSource(nameof(Choices)), Exhaustive]
    public void DenseAgreesWithTheReference(string device, TileChoice choice)
    {
        AssertAgrees(device, choice.Tile, DenseCases.Case("aligned", 36, 20, 44, choice));
        AssertAgrees(device, choice.Tile, DenseCases.Case("in fours over a tile", 132, 132, 136, choice));
        AssertAgrees(device, choice.Tile, DenseCases.Case("over a tile", 131, 17, 133, choice));
    }

    [TestCaseSource(nameof(ConvolutionsLikeAttemptFour)), Exhaustive]
    public void ConvolutionsLikeThoseOfAttemptFourAgreeWithTheReference(
        string device, (TileShape Tile, Conv2dGeometry Geometry) like)
    {
        AssertAgrees(device, like.Tile, InParts(like, 1));
        AssertAgrees(device, like.Tile, InParts(like, 2));
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.NamesOfGpuSchedule)), Exhaustive]
    public void TensorsMayStartAnywhereInABuffer(string name)
    {
        var device = TestDevices.Get(name, TileShape.Of64x32.Threads);
        var aligned = AllPasses(device, start: 0); // 128 bits at a time
        var unaligned = AllPasses(device, start: 1);
        Assert.That(unaligned, Has.Count.EqualTo(6));
        Assert.That(unaligned, Is.EqualTo(aligned));
    }

    /// <summary>
    /// What a dense layer and a convolution make of tensors that all start so many floats past 16 bytes.
    /// </summary>
    private static List<float[]> AllPasses(Device device, int start)
    {
        using var buffer = device.AllocateBuffer<float>(8000);
        int next = start;
        Tensor Next(params ReadOnlySpan<int> shape)
        {
            var tensor = Tensor.View(buffer, next, [.. shape]);
            tensor.CopyFrom(Values.Uniform(tensor.Shape, next - start));
            next += (tensor.Count + 7) / 4 * 4;
            return tensor;
        }

        var (x, w, b, y, dy, dx, dw, db) = (
            Next(8, 12), Next(16, 12), Next(16), Next(8, 16), Next(8, 16), Next(8, 12), Next(16, 12), Next(16));
        using var dense = new Dense(device, 12, 16);
        dense.Forward(x, w, b, y);
        dense.BackwardInput(dy, w, dx);
        dense.BackwardWeight(x, dy, dw, db);
        List<float[]> results = [y.ToArray(), dx.ToArray(), dw.ToArray()];
        (x, w, b, y, dy, dx, dw, db) = (
            Next(2, 4, 8, 8), Next(8, 4, 3, 3), Next(8), Next(2, 8, 8, 8),
            Next(2, 8, 8, 8), Next(2, 4, 8, 8), Next(8, 4, 3, 3), Next(8));
        using var convolution = new Conv2d(device, new Conv2dGeometry(4, 8, 8, 8, 3, 3, 1, 1));
        convolution.Forward(x, w, b, y);
        convolution.BackwardInput(dy, w, dx);
        convolution.BackwardWeight(x, dy, dw, db);
        return [.. results, y.ToArray(), dx.ToArray(), dw.ToArray()];
    }

    [TestCase(96, 65536, 1600, 108, ExpectedResult = "96x128")] // no idle rows
    [TestCase(64, 262144, 243, 108, ExpectedResult = "64x128")]
    [TestCase(1024, 8192, 64, 108, ExpectedResult = "128x128")]
    // 128 tiles of 128x128 are more than one for each multiprocessor and less than two; 384 parts fill them.
    [TestCase(128, 16384, 864, 108, ExpectedResult = "128x128 / 3")]
    [TestCase(3, 5, 27, 108, ExpectedResult = "64x128")]
    [TestCase(64, 1024, 8192, 108, ExpectedResult = "64x128 / 40")]
    [TestCase(96, 1600, 65536, 1, ExpectedResult = "96x128")] // full as it is
    public string TheBestPlanLeavesLittleIdle(int rows, int columns, int depth, int multiprocessors) =>
        TilePlan.For(TileEngine.CSharp, new(rows, columns, depth), new(multiprocessors, 1024)).Name;

    [Test]
    public void ASmallDeviceGetsTilesThatItCanRun() => Assert.That(
        TilePlan.For(TileEngine.CSharp, new(1024, 8192, 64), new(8, MaxThreads: 64)).Tile.Threads, Is.AtMost(64));

    [Test]
    public void AnotherEngineIsPlannedWithItsOwnTilesAndCosts()
    {
        var tile = TileShape.Of64x64 with { Costs = new TileCosts(0, 0, 0, ClocksOfAddingParts: 1e9) };
        var engine = new TileEngine("another", [tile]);
        Assert.That(TilePlan.For(engine, new(64, 64, 65536), new(132, 1024)).Name, Is.EqualTo("64x64"));
        var free = engine with { Tiles = [tile with { Costs = new TileCosts(0, 0, 0, 0) }] };
        Assert.That(TilePlan.For(free, new(64, 64, 65536), new(132, 1024)).Parts, Is.AtLeast(132));
    }

    [Test]
    public void AKernelThatWantsMoreRegistersHasFewerGroups()
    {
        var dense = MarkedKernel.EngineOf("dense.CudaForward").Tiles;
        var convolution = MarkedKernel.EngineOf("conv2d.CudaForward").Tiles;
        Assert.That(dense.Single(tile => tile.Name == "96x128").GroupsAtOnce, Is.EqualTo(3));
        Assert.That(convolution.Single(tile => tile.Name == "96x128").GroupsAtOnce, Is.EqualTo(2));
    }

    private static IEnumerable<OperationCase> ConvolutionsWith(TileChoice choice) =>
    [
        Conv2dCases.Case("aligned", 4, new(4, 8, 8, 8, 3, 3, 1, 1), choice),
        OverATile(choice),
        Conv2dCases.Case("strided", 2, new(2, 9, 7, 5, 3, 3, 2, 1), choice),
        Conv2dCases.Case("several slices", 2, new(9, 6, 7, 12, 5, 3, 1, 2), choice),
    ];

    // Three rows and some columns more than one tile has.
    private static OperationCase OverATile(TileChoice choice) => Conv2dCases.Case(
        "over a tile", 1, new(3, (choice.Tile.Columns / 13) + 2, 13, choice.Tile.Rows + 3, 2, 3, 1, 1), choice);

    private static OperationCase InParts((TileShape Tile, Conv2dGeometry Geometry) like, int parts) =>
        Conv2dCases.Case($"like attempt 4, {parts} parts", 1, like.Geometry, new TileChoice(like.Tile, parts));

    private static void AssertAgrees(string device, TileShape tile, OperationCase operationCase)
    {
        var mismatches = AgreementTests.Mismatches(
            TestDevices.Get(device, tile.Threads),
            operationCase,
            tile.Arithmetic == TileArithmetic.Tf32 ? AgreementTests.Tf32Tolerance : AgreementTests.Tolerance);
        Assert.That(mismatches, Is.Empty, operationCase.ToString());
    }
}
