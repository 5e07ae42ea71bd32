using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>
/// Every tile of the GPU schedules, and a split depth, at shapes that overlap its edges or allow 128-bit loads:
/// left to themselves the launchers take small tiles for the catalogue's small shapes.
/// </summary>
[TestFixture]
internal sealed class TileTests
{
    private const double Tolerance = 1e-5;

    private static IEnumerable<TestCaseData> Choices() =>
        from device in TestDevices.NamesOfGpuSchedule
        from choice in TileShape.All.Select(tile => new TileChoice(tile, 1)).Append(new TileChoice(TileShape.Of64x64, 3))
        select new TestCaseData(device, choice)
            .SetArgDisplayNames(device, $"{choice.Tile.Rows}x{choice.Tile.Columns}", $"{choice.Parts} parts");

    [TestCaseSource(nameof(Choices))]
    public void Conv2dAgreesWithTheCpu(string device, TileChoice choice)
    {
        AssertAgrees(device, tile => Conv2dCases.Case("aligned", 4, new(4, 8, 8, 8, 3, 3, 1, 1), tile), choice);
        AssertAgrees(device, tile => Conv2dCases.Case("over a tile", 1, new(3, 11, 13, 131, 2, 3, 1, 1), tile), choice);
        AssertAgrees(device, tile => Conv2dCases.Case("strided", 2, new(2, 9, 7, 5, 3, 3, 2, 1), tile), choice);
    }

    [TestCaseSource(nameof(Choices))]
    public void DenseAgreesWithTheCpu(string device, TileChoice choice)
    {
        AssertAgrees(device, tile => DenseCases.Case("aligned", 36, 20, 44, tile), choice);
        AssertAgrees(device, tile => DenseCases.Case("over a tile", 131, 17, 133, tile), choice);
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.NamesOfGpuSchedule))]
    public void TensorsMayStartAnywhereInABuffer(string name)
    {
        var device = TestDevices.Get(name);
        using var buffer = device.AllocateBuffer<float>(1000);
        var input = Tensor.View(buffer, 1, [8, 12]);
        var weight = Tensor.View(buffer, 202, [16, 12]);
        var bias = Tensor.View(buffer, 503, [16]);
        var output = Tensor.View(buffer, 605, [8, 16]);
        input.CopyFrom(Values.Uniform(input.Shape, 1));
        weight.CopyFrom(Values.Uniform(weight.Shape, 2));
        bias.CopyFrom(Values.Uniform(bias.Shape, 3));
        using var dense = new Dense(device, 12, 16);
        dense.Forward(input, weight, bias, output);
        float[] expected = AffineMap(input.ToArray(), weight.ToArray(), bias.ToArray());
        Assert.That(RelativeDifference.Of(output.ToArray(), expected), Is.LessThan(Tolerance));
    }

    [TestCase(96, 65536, 1600, 108, ExpectedResult = "96x128, 1 parts")] // no idle rows
    [TestCase(64, 262144, 243, 108, ExpectedResult = "64x128, 1 parts")]
    [TestCase(1024, 8192, 64, 108, ExpectedResult = "128x128, 1 parts")]
    [TestCase(128, 16384, 864, 108, ExpectedResult = "64x128, 1 parts")] // 128 tiles of 128x128 would leave 88 idle in round two
    [TestCase(3, 5, 27, 108, ExpectedResult = "64x32, 1 parts")]
    [TestCase(64, 1024, 8192, 108, ExpectedResult = "64x128, 13 parts")]
    public string TheBestPlanLeavesLittleIdle(int rows, int columns, int depth, int multiprocessors)
    {
        var plan = TilePlan.For(rows, columns, depth, multiprocessors, 1024);
        return $"{plan.Tile.Rows}x{plan.Tile.Columns}, {plan.Parts} parts";
    }

    [Test]
    public void ASmallDeviceGetsTilesThatItCanRun() =>
        Assert.That(TilePlan.For(1024, 8192, 64, 8, maxThreads: 64).Tile.Threads, Is.AtMost(64));

    private static void AssertAgrees(string device, Func<TileChoice?, OperationCase> operationCase, TileChoice choice)
    {
        var expected = AgreementTests.Results(TestDevices.Get("cpu-128"), operationCase(null));
        var actual = AgreementTests.Results(TestDevices.Get(device), operationCase(choice));
        for (int i = 0; i < expected.Count; i++)
            Assert.That(RelativeDifference.Of(actual[i], expected[i]), Is.LessThan(Tolerance), operationCase(null).ToString());
    }

    private static float[] AffineMap(float[] input, float[] weight, float[] bias)
    {
        int inFeatures = weight.Length / bias.Length;
        var output = new float[input.Length / inFeatures * bias.Length];
        for (int i = 0; i < output.Length; i++)
        {
            var row = input.AsSpan(i / bias.Length * inFeatures, inFeatures);
            var weights = weight.AsSpan(i % bias.Length * inFeatures, inFeatures);
            output[i] = bias[i % bias.Length];
            for (int k = 0; k < inFeatures; k++)
                output[i] += row[k] * weights[k];
        }
        return output;
    }
}
