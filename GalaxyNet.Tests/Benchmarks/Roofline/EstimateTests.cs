using System.Globalization;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Tests;

/// <summary>The estimate of a training step: what it must obey, and how near it comes to what was measured.</summary>
[TestFixture]
internal sealed class EstimateTests
{
    private static readonly TileEngine Float32 = TileEngine.Cuda with { Tiles = CudaTileShapes.OfFloat32 };
    private static readonly SliceCounts OfFloat32 = new(MultiplyAddsOfInstruction: 0.8, SharedBytesOfMultiplyAdd: 1);

    [Test]
    public void NoLayerBeatsTheArithmeticOfTheGpu()
    {
        foreach (var gpu in GpuDataSheet.All)
        {
            foreach (var product in LayerProduct.OfAttemptFour(64, TileEngine.CSharp).Concat(
                LayerProduct.OfAttemptFour(64, TileEngine.Cuda)))
            {
                double least = product.Flops / Math.Max(gpu.PeakTflops, gpu.TensorTflops / 3) / 1e6;
                var estimate = RooflineEstimate.Of(gpu, product, product.PlanFor(gpu.Size), OfFloat32);
                Assert.That(estimate.Microseconds, Is.AtLeast(least), product.ToString());
            }
        }
    }

    /// <summary>With every number written out: points, and the extents of the matrices of each.</summary>
    [TestCase("conv2", "forward", 64, 96, 64 * 64, 64)]
    [TestCase("conv2", "input gradient", 64, 64, 64 * 64, 96)]
    [TestCase("conv2", "weight gradient", 64, 96, 64, 64 * 64)]
    [TestCase("conv3", "forward", 36, 128, 64 * 16, 96)]
    [TestCase("conv3", "input gradient", 36, 96, 64 * 16, 128)]
    [TestCase("conv3", "weight gradient", 36, 128, 96, 64 * 16)]
    public void AFastPassIsItsProductsAndTheMemoryAroundThem(
        string layer, string pass, int points, int rows, int columns, int depth)
    {
        var gpu = GpuDataSheet.H200;
        var direct = LayerProduct.OfAttemptFour(64, TileEngine.Cuda)
            .Single(each => each.Layer == layer && each.Pass == pass);
        var fast = direct.On(gpu.Size);
        Assert.That(fast.Size, Is.EqualTo(new ProductSize(rows, columns, depth, points)));
        Assert.That(fast.Flops, Is.EqualTo(direct.Flops));
        double ofMatrices = 4.0 * points * (((long)rows * depth) + ((long)depth * columns) + ((long)rows * columns));
        double ofTensors = 4.0 * (direct.Shapes.Input.Count + direct.Shapes.Weight.Count + direct.Shapes.Output.Count);
        double arithmetic = 2.0 * points * rows * columns * depth / gpu.PeakTflops / 1e6;
        double around = (ofTensors + ofMatrices) / (4.2 * 1e6);
        var estimate = RooflineEstimate.Of(gpu, fast, TilePlan.For(Float32, fast.Size, gpu.Size), OfFloat32);
        Assert.That(estimate.Microseconds - around, Is.AtLeast(arithmetic).And.AtMost(4 * arithmetic));
    }

    [Test]
    public void TheProductsAreThoseOfTheCatalogue()
    {
        double flops = LayerProduct.OfAttemptFour(64, TileEngine.CSharp)
            .Where(each => each.Pass == "forward")
            .Sum(each => each.Flops);
        double expected = OperationCatalogue.All
            .Where(each => each.IsBenchmark && each.Operation is "conv2d" or "dense")
            .Where(each => each.Description.StartsWith("attempt 4", StringComparison.Ordinal))
            .Sum(each => each.ForwardCost.Flops);
        Assert.That(flops, Is.EqualTo(expected));
    }

    [TestCase(2, 0.185)]
    [TestCase(4, 0.37)]
    [TestCase(8, 0.55)]
    [TestCase(10, 0.575)]
    [TestCase(16, 0.67)]
    [TestCase(64, 0.67)]
    public void MoreWarpsFillMoreInstructionSlots(int warps, double share) =>
        Assert.That(Calibration.IssuedShare(warps), Is.EqualTo(share).Within(1e-9));

    [Test, Exhaustive]
    public void ThePageHasTheEstimateByThePtxBesideWhatWasMeasured()
    {
        var step = StepBy(tools: null, TileEngine.CSharp);
        var rows = RowsOfPage();
        foreach (var part in step)
        {
            if (MeasuredOnH200.Microseconds(part.Layer, part.Pass) is not { } measured)
                continue;
            string[] cells = rows[part.Name];
            Assert.That(cells[0], Is.EqualTo(part.Tile), part.Name);
            Assert.That(cells[1], Is.EqualTo(Estimate(part)), part.Name);
            Assert.That(cells[3], Is.EqualTo(Text(measured)), part.Name);
        }
        Assert.That(ImagesPerSecond(step), Is.EqualTo(MeasuredOnH200.ImagesPerSecond).Within(25).Percent);
        Assert.That(rows["**images/s**"], Is.EqualTo(
            ["", Text(ImagesPerSecond(step)), rows["**images/s**"][2], Text(MeasuredOnH200.ImagesPerSecond)]));
    }

    [Test, Exhaustive]
    public void ThePageHasTheEstimateByTheMachineCode()
    {
        using var tools = CudaTools.At(CudaToolkit.Real());
        var step = StepBy(tools, TileEngine.CSharp);
        var rows = RowsOfPage();
        foreach (var part in step.Where(part => rows.ContainsKey(part.Name)))
            Assert.That(rows[part.Name][2], Is.EqualTo(Estimate(part)), part.Name);
        Assert.That(rows["**images/s**"][2], Is.EqualTo(Text(ImagesPerSecond(step))));
        Assert.That(ImagesPerSecond(step), Is.EqualTo(MeasuredOnH200.ImagesPerSecond).Within(20).Percent);
    }

    /// <summary>Without tensor cores, with them, and in TF32.</summary>
    [Test, Exhaustive]
    public void ThePagesOnTheEngineInAssemblyHaveItsEstimates()
    {
        using var tools = CudaTools.At(CudaToolkit.Real());
        var kernels = KernelsOf(tools, TileEngine.Cuda);
        var plain = EstimatedPart.OfStep(kernels, TileEngine.Cuda, gpu => gpu.Size with { TensorMultiplyAdds = 0 });
        var float32 = EstimatedPart.OfStep(kernels, TileEngine.Cuda, gpu => gpu.Size);
        var tf32 = EstimatedPart.OfStep(kernels, TileEngine.Cuda, gpu => gpu.SizeAt(Precision.TensorFloat32));
        string page = PageOf("Cuda");
        var rows = GpuDataSheet.All
            .Select(gpu => $"| {gpu.Name} | {Text(ImagesPerSecond(plain, gpu))} | "
                + $"{Text(ImagesPerSecond(float32, gpu))} | {Text(ImagesPerSecond(tf32, gpu))} |")
            .Concat(plain.Where(part => part.Tile.StartsWith("fast ", StringComparison.Ordinal))
                .Select(part => $"| {part.Name} | {part.Tile} | {Estimate(part)} |"));
        Assert.That(rows.Where(row => !page.Contains(row, StringComparison.Ordinal)), Is.Empty);

        page = PageOf("Cuda", "TensorCores");
        rows = float32.Zip(tf32).Where(parts => parts.First.Tile.Length > 0)
            .Select(parts => $"| {parts.First.Name} | {Cells(parts.First)} | {Cells(parts.Second)} |");
        Assert.That(rows.Where(row => !page.Contains(row, StringComparison.Ordinal)), Is.Empty);
    }

    private static string PageOf(params ReadOnlySpan<string> folders) =>
        File.ReadAllText(Repository.Path(["GalaxyNet.Kernels", .. folders, "README.md"]));

    private static string Cells(EstimatedPart part) =>
        $"{part.Tile} | {Estimate(part)} | {part.On[GpuDataSheet.H200].Bound}";

    private static IReadOnlyList<EstimatedPart> StepBy(CudaTools? tools, TileEngine engine) =>
        EstimatedPart.OfStep(KernelsOf(tools, engine), engine, gpu => gpu.Size);

    private static Dictionary<string, PtxEntry> KernelsOf(CudaTools? tools, TileEngine engine)
    {
        var survey = new PtxSurvey(CudaArchitecture.SM_90, tools);
        var products = LayerProduct.OfAttemptFour(EstimatedPart.Batch, engine)
            .SelectMany(product => (IEnumerable<string>)[product.Kernel, product.Fast?.Kernel ?? product.Kernel])
            .ToHashSet();
        return MarkedKernel.OfGpus
            .Where(kernel => products.Contains(kernel.Name[..kernel.Name.LastIndexOf('.')]))
            .ToDictionary(kernel => kernel.Name, kernel => survey.Of(kernel).Entry);
    }

    /// <summary>The cells of the page's table after the first, by that.</summary>
    private static Dictionary<string, string[]> RowsOfPage() =>
        File.ReadLines(Repository.Path("GalaxyNet.Kernels", "Gpu", "README.md"))
            .SkipWhile(line => !line.StartsWith("| of a training step", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[0], cells => cells[1..]);

    private static double ImagesPerSecond(IEnumerable<EstimatedPart> step) =>
        ImagesPerSecond(step, GpuDataSheet.H200);

    private static double ImagesPerSecond(IEnumerable<EstimatedPart> step, GpuDataSheet gpu) =>
        1e6 * EstimatedPart.Batch / step.Sum(part => part.On[gpu].Microseconds);

    private static string Estimate(EstimatedPart part) => Text(part.On[GpuDataSheet.H200].Microseconds);

    private static string Text(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
