using ILGPU.Runtime.Cuda;
using NUnit.Framework.Internal;

namespace GalaxyNet.Tests;

/// <summary>Every kernel for GPUs compiles for NVIDIA's, and the bulk ones look fast. No GPU is needed.</summary>
[TestFixtureSource(nameof(Architectures))]
internal sealed class PtxOfKernelsTests(CudaArchitecture architecture) : IDisposable
{
    private const int SharedMemoryLimit = 48 * 1024;
    private const double LeastMultiplyAddShare = 0.5; // in a slice, and all that brings the next

    /// <summary>
    /// The address of shared memory on its way to C#, before the loop, once for each product.
    /// </summary>
    public const int MostLocalBytesInAssembly = 8;

    private const int LeastThreads = 256; // on a multiprocessor: two warps for each of its four schedulers

    // Those that read memory 128 bits at a time where rows allow; a convolution's windows do not.
    private static readonly Type[] WideOperands = [typeof(LinesMatrix), typeof(DepthsMatrix), typeof(PixelsByChannel)];

    private readonly Dictionary<MarkedKernel, string> compiled = [];
    private PtxCompiler? compiler; // one for all, as a device has

    private static IEnumerable<TestFixtureData> Architectures() => PtxTarget.Architectures.Select(architecture =>
    {
        var data = new TestFixtureData(architecture);
        if (architecture != CudaArchitecture.SM_80)
            data.Properties.Add(PropertyNames.Category, ExhaustiveAttribute.Name);
        return data;
    });

    private static IEnumerable<TestCaseData> Kernels() => Named(MarkedKernel.OfGpus);

    private static IEnumerable<TestCaseData> KernelsInAssembly() =>
        Named(MarkedKernel.OfGpus.Where(kernel => kernel.Attribute.Schedule == Schedule.Cuda));

    private static IEnumerable<TestCaseData> BulkKernels() =>
        Named(MarkedKernel.OfGpus.Where(kernel => kernel.Attribute.Schedule == Schedule.Gpu));

    private static IEnumerable<TestCaseData> Named(IEnumerable<MarkedKernel> kernels) =>
        kernels.Select(kernel => new TestCaseData(kernel)
            .SetArgDisplayNames(kernel.ToString())
            .InDefaultTier(IsInDefaultTier(kernel)));

    // Without a tile, or a pass of each operation with the largest.
    private static bool IsInDefaultTier(MarkedKernel kernel) =>
        TileEngine.ShapeOf(kernel.Tile) is null || kernel.Name.Contains("Forward.128x128", StringComparison.Ordinal);

    public void Dispose()
    {
        compiler?.Dispose();
        compiler = null; // disposed or not, it holds hundreds of megabytes of what it has compiled
        compiled.Clear();
    }

    [TestCaseSource(nameof(Kernels))]
    public void EveryKernelCompilesAndFits(MarkedKernel kernel)
    {
        if (!kernel.IsFor(architecture))
            return;
        var report = PtxReport.Read(Compile(kernel));
        Assert.That(report.SharedBytes, Is.AtMost(SharedMemoryLimit));
        if (kernel.IsBulk)
            Assert.That(
                report.LocalBytes,
                Is.AtMost(kernel.Attribute.Schedule == Schedule.Cuda ? MostLocalBytesInAssembly : 0));
    }

    [TestCaseSource(nameof(KernelsInAssembly))]
    public void KernelsInAssemblyCopyPastTheRegistersAndMultiply(MarkedKernel kernel)
    {
        if (!kernel.IsFor(architecture))
            return;
        string ptx = Compile(kernel);
        var hottest = PtxReport.Read(ptx).InnermostLoops[0];
        var tile = TileEngine.ShapeOf(kernel.Tile)!;
        int multiplyAdds = tile.Rows * tile.Columns / tile.Threads * CudaTile.Depth; // of a thread, in a slice
        Assert.That(hottest.MultiplyAdds, Is.EqualTo(tile.Arithmetic switch
        {
            TileArithmetic.Tf32x3 => 3 * multiplyAdds / 2, // a loop of two steps
            _ => multiplyAdds,
        }));
        Assert.That(hottest.TensorProducts > 0, Is.EqualTo(tile.Arithmetic != TileArithmetic.Float32));
        Assert.That(hottest.SharedBytesPerMultiplyAdd, Is.AtMost(1));
        Assert.That(hottest.Kinds.Keys, Has.None.StartsWith("st.").And.None.EqualTo("ld.local"));
        Assert.That(ptx, Does.Contain("cp.async.c").And.Contain(
            tile.Arithmetic == TileArithmetic.Float32 ? "cp.async.wait_group 0;" : "cp.async.wait_group 1;"));
    }

    [Test]
    public void TheKernelsOfTheBenchmarksCompile()
    {
        var reports = MarkedKernel.OfBenchmarks
            .ToDictionary(kernel => kernel.Name, kernel => PtxReport.Read(kernel.CompileFor(architecture)));
        Assert.That(reports.Values.Select(report => report.LocalBytes), Is.All.Zero);
        Assert.That(reports["peak.Fma"].InnermostLoops[0].MultiplyAdds * 2, Is.EqualTo(FmaChains.FlopsOfStep));
        Assert.That(reports["peak.Fma"].InnermostLoops[0].MultiplyAddShare, Is.AtLeast(0.97));
    }

    [TestCaseSource(nameof(BulkKernels))]
    public void BulkKernelsSpendTheirTimeMultiplying(MarkedKernel kernel)
    {
        string ptx = Compile(kernel);
        var hottest = PtxReport.Read(ptx).InnermostLoops[0];
        Assert.That(hottest.MultiplyAddShare, Is.AtLeast(LeastMultiplyAddShare));
        Assert.That(hottest.SharedBytesPerMultiplyAdd, Is.AtMost(1));
        var loads = hottest.Kinds.Keys.Where(kind => kind.StartsWith("ld.shared", StringComparison.Ordinal));
        Assert.That(loads, Is.EqualTo(["ld.shared.v4"]));
        Assert.That(ptx, Does.Match(@"\bst\.(global\.)?v4\.f32"));
        if (kernel.Method.GetParameters().Any(parameter => WideOperands.Contains(parameter.ParameterType)))
            Assert.That(ptx, Does.Match(@"\bld\.(global\.)?v4\.f32"));
    }

    [TestCaseSource(nameof(BulkKernels))]
    public void EnoughGroupsFitOnAMultiprocessor(MarkedKernel kernel)
    {
        string ptx = Compile(kernel);
        var tile = TileShape.All.Single(shape => shape.Type == kernel.Tile);
        Assert.That(ptx, Does.Contain($".maxntid {tile.Threads}, 1, 1"));
        Assert.That(ptx, Does.Contain($".minnctapersm {tile.GroupsAtOnce}"));
        Assert.That(tile.GroupsAtOnce * tile.Threads * tile.RegistersOfThread, Is.AtMost(65536));
        Assert.That(tile.GroupsAtOnce * tile.Threads, Is.AtLeast(LeastThreads));
        int groupsOfLeast = Rounding.CeilingDivide(LeastThreads, tile.Threads);
        Assert.That(groupsOfLeast * PtxReport.Read(ptx).SharedBytes, Is.AtMost(SharedMemory));
    }

    /// <summary>Of a multiprocessor, in bytes.</summary>
    private int SharedMemory => Multiprocessor.Of((10 * architecture.Major) + architecture.Minor).SharedBytes;

    private string Compile(MarkedKernel kernel)
    {
        compiler ??= PtxTarget.CompilerFor(architecture);
        if (!compiled.TryGetValue(kernel, out string? ptx))
            compiled.Add(kernel, ptx = compiler.Compile(kernel.Code));
        return ptx;
    }
}
