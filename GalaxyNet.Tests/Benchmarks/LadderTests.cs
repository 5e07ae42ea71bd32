using System.Globalization;
using System.Text.Json;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Tests;

/// <summary>The ladder of matrix products: each rung is right, and looks faster than the one below.</summary>
[TestFixture]
internal sealed class LadderTests
{
    private const double Tolerance = 1e-5;

    private static readonly (int Rows, int Columns, int Depth)[] Shapes =
        [(1, 1, 1), (5, 7, 3), (36, 44, 20), (130, 9, 17), (9, 132, 8)];

    private static IEnumerable<TestCaseData> RungsOnDevices() =>
        from device in TestDevices.NamesOfGpuSchedule
        from rung in Rung.All
        select new TestCaseData(device, rung).SetArgDisplayNames(device, rung.Name);

    private static IEnumerable<TestCaseData> Rungs() =>
        Rung.All.Select(rung => new TestCaseData(rung).SetArgDisplayNames(rung.Name));

    [TestCaseSource(nameof(RungsOnDevices))]
    public void EveryRungMultipliesMatrices(string name, Rung rung)
    {
        var device = TestDevices.Get(name, Rung.Threads);
        foreach (var (rows, columns, depth) in Shapes)
        {
            float[] a = Values.Uniform([rows, depth], 1);
            float[] b = Values.Uniform([depth, columns], 2);
            using var left = device.Allocate([rows, depth], a);
            using var right = device.Allocate([depth, columns], b);
            using var product = device.Allocate([rows, columns]);
            rung.Load(device, new ProductExtents(rows, columns, depth))(left.Data, right.Data, product.Data);
            Assert.That(
                RelativeDifference.Of(product.ToArray(), OnTheCpu(a, b, rows, columns, depth)),
                Is.LessThan(Tolerance),
                $"{rows}x{columns}, {depth} deep");
        }
    }

    [TestCaseSource(nameof(Rungs)), Exhaustive]
    public void EveryRungFitsOnEveryGpu(Rung rung)
    {
        foreach (var architecture in PtxTarget.Architectures)
        {
            var report = Report(rung, architecture);
            Assert.That(report.LocalBytes, Is.Zero);
            Assert.That(report.SharedBytes, Is.AtMost(48 * 1024));
        }
    }

    [Test]
    public void EveryRungMultipliesMoreAndReadsLess()
    {
        var loops = Rung.All.Select(rung => Report(rung, CudaArchitecture.SM_80).InnermostLoops[0]).ToList();
        // The last rung takes away waiting, which no instruction shows.
        Assert.That(loops.SkipLast(1).Select(loop => loop.MultiplyAddShare), Is.Ordered);
        Assert.That(loops[^1].MultiplyAddShare, Is.AtLeast(0.7)); // all that brings the next slice counted
        Assert.That(loops[1].SharedBytesPerMultiplyAdd, Is.EqualTo(8));
        Assert.That(loops.Skip(2).Select(loop => loop.SharedBytesPerMultiplyAdd), Is.All.EqualTo(1));
        Assert.That(loops[^1].Kinds.Keys, Does.Contain("ld.shared.v4").And.Not.Contain("ld.shared"));
    }

    [Test, Exhaustive]
    public void ThePageHasTheseFigures()
    {
        string page = File.ReadAllText(Repository.Path("GalaxyNet.Kernels", "Gpu", "README.md"));
        foreach (var rung in Rung.All)
            Assert.That(RowOf(page, $"[{rung.Name}]"), Does.Contain(Figures(Report(rung, CudaArchitecture.SM_80))));
        var convolutions = Entries(typeof(Conv2dForward)).ToDictionary(entry => entry.Kernel.Tile!);
        foreach (var dense in Entries(typeof(DenseForward)))
        {
            string row = RowOf(page, dense.Kernel.Tile!.Name["Tile".Length..]);
            string share = string.Create(CultureInfo.InvariantCulture, $"| {100 * dense.SliceShare:F0} % ");
            Assert.That(row, Does.EndWith(share + Figures(convolutions[dense.Kernel.Tile!].Report)));
        }

        IEnumerable<PtxEntry> Entries(Type product) =>
            from kernel in MarkedKernel.OfGpus
            where kernel.Method.DeclaringType == product
            select new PtxEntry(kernel, 80, PtxReport.Read(kernel.CompileFor(CudaArchitecture.SM_80)));
    }

    [Test]
    public void TheCommandGivesTheFiguresAsJson()
    {
        var (exitCode, output, error) = BenchmarkCommand.Run("ladder", "--device", "cpu", "--json");
        Assert.That(exitCode, Is.Zero, error);
        var products = JsonElement.Parse(output).GetProperty("products").EnumerateArray().ToList();
        Assert.That(
            products.Select(product => product.GetProperty("name").GetString()),
            Is.EqualTo([.. Rung.All.Select(rung => rung.Name), "the library's", "cuBLAS"]));
        foreach (var (rung, product) in Rung.All.Zip(products))
        {
            var report = Report(rung, CudaArchitecture.SM_80);
            Assert.That(product.GetProperty("gflops").ValueKind, Is.EqualTo(JsonValueKind.Null), "a CPU has no groups");
            Assert.That(
                product.GetProperty("fma_share").GetDouble(), Is.EqualTo(report.InnermostLoops[0].MultiplyAddShare));
            Assert.That(product.GetProperty("barriers").GetInt32(), Is.EqualTo(report.Barriers));
        }
    }

    private static string RowOf(string page, string start) =>
        page.Split('\n').Single(line => line.StartsWith($"| {start}", StringComparison.Ordinal));

    private static string Figures(PtxReport report)
    {
        var loop = report.InnermostLoops[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {100 * loop.MultiplyAddShare:F0} % | {loop.SharedBytesPerMultiplyAdd:F2} | {report.SharedBytes} |");
    }

    private static PtxReport Report(Rung rung, CudaArchitecture architecture)
    {
        using var compiler = PtxTarget.CompilerFor(architecture);
        return PtxReport.Read(compiler.Compile(new KernelCode(rung.Kernel.Method, Rung.Specialization)));
    }

    /// <summary>The input's gradient of a dense layer is a plain product.</summary>
    private static float[] OnTheCpu(float[] a, float[] b, int rows, int columns, int depth)
    {
        var device = TestDevices.Get("cpu-128");
        using var dense = new Dense(device, columns, depth);
        using var left = device.Allocate([rows, depth], a);
        using var right = device.Allocate([depth, columns], b);
        using var product = device.Allocate([rows, columns]);
        dense.BackwardInput(left, right, product);
        return product.ToArray();
    }
}
