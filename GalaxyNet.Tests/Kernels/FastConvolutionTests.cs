namespace GalaxyNet.Tests;

/// <summary>
/// The fast convolutions of NVIDIA's GPUs, which are left to themselves too much for the catalogue's small shapes.
/// </summary>
[TestFixture]
internal sealed class FastConvolutionTests
{
    private const int AllAtOnce = 100;

    private static IEnumerable<string> Devices => TestDevices.NamesOfGpuSchedule.Where(name => name == "cuda");

    private static IEnumerable<TestCaseData> Choices() =>
        from device in Devices
        from tile in MarkedKernel.EngineOf("conv2d.CudaPoints").Tiles // which does not round to TF32
        from parts in (int[])[1, 3]
        select new TestCaseData(device, new TileChoice(tile, parts, AllAtOnce))
            .SetArgDisplayNames(device, tile.Name, $"{parts} parts");

    private static IEnumerable<OperationCase> CasesWith(TileChoice choice) =>
    [
        Conv2dCases.Case("one pixel", 1, new(1, 1, 1, 1, 3, 3, 1, 1), choice),
        Conv2dCases.Case("3x3, whole tiles", 2, new(4, 8, 8, 8, 3, 3, 1, 1), choice),
        Conv2dCases.Case("3x3, odd extents", 5, new(5, 7, 10, 67, 3, 3, 1, 1), choice),
        Conv2dCases.Case("3x3, no padding", 1, new(50, 9, 6, 3, 3, 3, 1, 0), choice),
        Conv2dCases.Case("3x3, padding wider than the filter's reach", 1, new(2, 4, 3, 3, 3, 3, 1, 4), choice),
        Conv2dCases.Case("5x5, whole tiles", 3, new(17, 12, 8, 66, 5, 5, 1, 2), choice),
        Conv2dCases.Case("5x5, odd extents", 3, new(2, 6, 9, 7, 5, 5, 1, 2), choice),
        Conv2dCases.Case("5x5, no padding, several groups", 11, new(3, 17, 18, 2, 5, 5, 1, 0), choice),
    ];

    [TestCaseSource(nameof(Choices))]
    public void TheyAgreeWithTheReference(string device, TileChoice choice)
    {
        foreach (var operationCase in CasesWith(choice))
        {
            Assert.That(
                AgreementTests.Mismatches(TestDevices.Get(device), operationCase), Is.Empty, operationCase.ToString());
            Assert.That(operationCase.PlanOn!(TestDevices.Get(device)).Forward.Algorithm, Does.StartWith("fast "));
        }
    }

    [Test]
    public void TheyAgreeWithTheReferenceInSeveralSteps(
        [ValueSource(nameof(Devices))] string device, [Values(1, 2, 4)] int images) =>
        TheyAgreeWithTheReference(device, new TileChoice(CudaTileShapes.Of64x64, 1, images));

    [Test]
    public void BothGradientsTogetherAreThoseOfOneAfterTheOther(
        [ValueSource(nameof(Devices))] string name, [Values(1, AllAtOnce)] int images, [Values(3, 5)] int taps)
    {
        const int Batch = 3;
        var device = TestDevices.Get(name);
        var geometry = new Conv2dGeometry(3, 7, 9, 6, taps, taps, 1, taps / 2);
        using var convolution = new Conv2d(device, geometry, new TileChoice(CudaTileShapes.Of64x64, 1, images));
        using var input = EpilogueTests.Fill(device, geometry.InputShape(Batch), 1);
        using var weight = EpilogueTests.Fill(device, geometry.WeightShape, 2);
        var outputShape = geometry.OutputShape(Batch);
        using var outputGradient = EpilogueTests.Fill(device, outputShape, 3);
        using var first = new Gradients(device, geometry, Batch);
        using var second = new Gradients(device, geometry, Batch);
        convolution.BackwardInput(outputGradient, weight, first.Input);
        convolution.BackwardWeight(input, outputGradient, first.Weight, first.Bias);
        convolution.Backward(input, outputGradient, weight, second.Input, second.Weight, second.Bias);
        Assert.That(second.Input.ToArray(), Is.EqualTo(first.Input.ToArray()));
        Assert.That(second.Weight.ToArray(), Is.EqualTo(first.Weight.ToArray()));
        Assert.That(second.Bias.ToArray(), Is.EqualTo(first.Bias.ToArray()));
    }

    // All images in a step, or as many as make whole parts of the moments: eight tiles an image, 128 tiles a part.
    [Test]
    public void TheMomentsAreThoseOfTheOutput(
        [ValueSource(nameof(Devices))] string name, [Values(AllAtOnce, 16)] int images)
    {
        const int Batch = 35;
        var device = TestDevices.Get(name);
        var geometry = new Conv2dGeometry(2, 8, 16, 5, 3, 3, 1, 1);
        using var convolution = new Conv2d(device, geometry, new TileChoice(CudaTileShapes.Of64x64, 1, images));
        using var input = EpilogueTests.Fill(device, geometry.InputShape(Batch), 1);
        using var weight = EpilogueTests.Fill(device, geometry.WeightShape, 2);
        // Far from zero, to lose no digits.
        using var bias = device.Allocate([5], Kernels.Values.Between(100f, 200f)([5], 3));
        using var output = device.Allocate(geometry.OutputShape(Batch));
        using var moments = new ChannelMoments(device);
        convolution.ForwardWithMoments(input, weight, bias, output, moments);
        Assert.That(moments.Parts, Is.EqualTo(3)); // 280 tiles
        var (_, expected) = EpilogueTests.Normalize(device, output, null);
        var (_, actual) = EpilogueTests.Normalize(device, output, moments);
        Assert.That(RelativeDifference.Of(actual, expected), Is.LessThan(1e-5));
    }

    [TestCase(3, 9, 1, Description = "a tile that is not whole")]
    [TestCase(35, 8, 3, Description = "steps that end within a part")]
    public void MomentsAreLeftToOthersWherePartsDiffer(int batch, int height, int images)
    {
        foreach (string name in Devices)
        {
            var device = TestDevices.Get(name);
            var geometry = new Conv2dGeometry(2, height, 16, 5, 3, 3, 1, 1);
            using var convolution = new Conv2d(device, geometry, new TileChoice(CudaTileShapes.Of64x64, 1, images));
            using var input = device.Allocate(geometry.InputShape(batch));
            using var weight = device.Allocate(geometry.WeightShape);
            using var bias = device.Allocate([5]);
            using var output = device.Allocate(geometry.OutputShape(batch));
            using var moments = new ChannelMoments(device);
            convolution.ForwardWithMoments(input, weight, bias, output, moments);
            Assert.That(moments.AreKnown, Is.False);
        }
    }

    private sealed class Gradients(Device device, Conv2dGeometry geometry, int batch) : IDisposable
    {
        public Tensor Input { get; } = device.Allocate(geometry.InputShape(batch));

        public Tensor Weight { get; } = device.Allocate(geometry.WeightShape);

        public Tensor Bias { get; } = device.Allocate([geometry.OutChannels]);

        public void Dispose()
        {
            Input.Dispose();
            Weight.Dispose();
            Bias.Dispose();
        }
    }
}
