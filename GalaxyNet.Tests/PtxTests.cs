using GalaxyNet.Benchmarks;
using GalaxyNet.Kernels;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Tests;

/// <summary>Every kernel for GPUs compiles for NVIDIA's, and the bulk ones look fast. No GPU is needed.</summary>
[TestFixture]
internal sealed class PtxTests
{
    private const int SharedMemoryLimit = 48 * 1024;
    private const double LeastMultiplyAddShare = 0.8;

    private static readonly Dictionary<CudaArchitecture, PtxCompiler> Compilers = [];
    private static readonly Dictionary<(CudaArchitecture, MarkedKernel), string> Compiled = [];

    private static IEnumerable<TestCaseData> Kernels() =>
        from architecture in PtxCompiler.Architectures
        from kernel in MarkedKernel.OfGpus
        select new TestCaseData(architecture, kernel)
            .SetArgDisplayNames($"SM_{architecture.Major}{architecture.Minor}", kernel.ToString());

    private static IEnumerable<TestCaseData> BulkKernels() =>
        from architecture in PtxCompiler.Architectures
        from kernel in MarkedKernel.OfGpus
        where kernel.Attribute.Schedule == Schedule.Gpu
        select new TestCaseData(architecture, kernel)
            .SetArgDisplayNames($"SM_{architecture.Major}{architecture.Minor}", kernel.ToString());

    [OneTimeTearDown]
    public static void DisposeCompilers()
    {
        foreach (var compiler in Compilers.Values)
            compiler.Dispose();
    }

    [TestCaseSource(nameof(Kernels))]
    public void EveryKernelCompilesAndFits(CudaArchitecture architecture, MarkedKernel kernel)
    {
        var report = PtxReport.Read(Compile(architecture, kernel));
        Assert.That(report.SharedBytes, Is.AtMost(SharedMemoryLimit));
        if (kernel.Attribute.Schedule == Schedule.Gpu)
            Assert.That(report.LocalBytes, Is.Zero);
    }

    [TestCaseSource(nameof(BulkKernels))]
    public void BulkKernelsSpendTheirTimeMultiplying(CudaArchitecture architecture, MarkedKernel kernel)
    {
        string ptx = Compile(architecture, kernel);
        var hottest = PtxReport.Read(ptx).InnermostLoops[0];
        Assert.That(hottest.MultiplyAddShare, Is.AtLeast(LeastMultiplyAddShare));
        Assert.That(hottest.SharedBytesPerMultiplyAdd, Is.AtMost(kernel.Tile == typeof(Tile32x32) ? 1.5 : 1));
        Assert.That(hottest.Kinds.Keys.Where(kind => kind.StartsWith("ld.", StringComparison.Ordinal)), Is.EqualTo(["ld.shared.v4"]));
        Assert.That(ptx, Does.Contain("st.v4.f32"));
    }

    [Test]
    public void EveryKernelBelongsToAnOperationOfTheCatalogue() => Assert.That(
        MarkedKernel.Declared.Select(kernel => kernel.Attribute.Operation).Distinct(),
        Is.SubsetOf(OperationCatalogue.All.Select(operationCase => operationCase.Operation).Distinct()));

    [Test]
    public void AnArrayInLocalMemoryIsFound()
    {
        using var compiler = new PtxCompiler(CudaArchitecture.SM_80);
        var report = PtxReport.Read(compiler.Compile(((Action<ArrayView<float>>)KernelWithAnArray).Method));
        Assert.That(report.LocalBytes, Is.EqualTo(16 * sizeof(float)));
    }

    [Test]
    public void AKernelThatDoesNotCompileIsFound()
    {
        using var compiler = new PtxCompiler(CudaArchitecture.SM_80);
        Assert.That(
            () => compiler.Compile(((Action<ArrayView<float>>)KernelWithAString).Method),
            Throws.TypeOf<InternalCompilerException>());
    }

    [Test]
    public void LoopsAreFoundAndCounted()
    {
        const string Ptx = """
            .visible .entry Kernel()
            {
            .shared .align 16 .b8 slices[128];
            .local .align 4 .b8 depot[64];
            .reg .f32 %f<9>;

            L_outer:
            bar.sync 0;
            @%p3 bra L_inner;

            L_longer:
            add.s32 %r1, %r1, 1;
            add.s32 %r1, %r1, 2;

            L_inner:
            ld.shared.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1];
            mul.f32 %f5, %f1, %f2;
            add.f32 %f6, %f5, %f6;
            mul.f32 %f7, %f1, %f2;
            st.global.f32 [%rd2], %f7;
            mov.f32 %f8, %f6;
            mul.wide.u32 %rd3, 5, 16;
            @%p1 bra L_inner;

            add.s32 %r1, %r1, 1;
            @%p2 bra L_outer;
            ret;
            }
            """;
        var report = PtxReport.Read(Ptx);
        Assert.That(report.SharedBytes, Is.EqualTo(128));
        Assert.That(report.LocalBytes, Is.EqualTo(64));
        Assert.That(report.Registers["f32"], Is.EqualTo(9));
        Assert.That(report.Barriers, Is.EqualTo(1));
        var loop = report.InnermostLoops.Single();
        Assert.That(loop.MultiplyAdds, Is.EqualTo(1));
        Assert.That(loop.Instructions, Is.EqualTo(5));
        Assert.That(loop.SharedBytesRead, Is.EqualTo(16));
        Assert.That(loop.InstructionsAround, Is.EqualTo(6)); // with the two of L_longer
        Assert.That(loop.MultiplyAddShareWithAround(3), Is.EqualTo(3.0 / 21));
        Assert.That(loop.Kinds, Is.EquivalentTo(new Dictionary<string, int>
        {
            ["fma"] = 1,
            ["ld.shared.v4"] = 1,
            ["st.global"] = 1,
            ["other float"] = 1,
            ["bra"] = 1,
        }));
    }

    private static string Compile(CudaArchitecture architecture, MarkedKernel kernel)
    {
        if (Compiled.TryGetValue((architecture, kernel), out string? ptx))
            return ptx;
        if (!Compilers.TryGetValue(architecture, out var compiler))
            Compilers[architecture] = compiler = new PtxCompiler(architecture);
        try
        {
            return Compiled[(architecture, kernel)] = compiler.Compile(kernel.Method);
        }
        catch (InternalCompilerException)
        {
            // A compiler that failed once fails always; the next kernel is to get a fair trial.
            Compilers.Remove(architecture);
            compiler.Dispose();
            throw;
        }
    }

    private static void KernelWithAnArray(ArrayView<float> data)
    {
        var array = LocalMemory.Allocate<float>(16);
        for (int i = 0; i < 16; i++)
            array[i] = data[i];
        for (int i = 0; i < 16; i++)
            data[i] = array[15 - i];
    }

    private static void KernelWithAString(ArrayView<float> data) => data[0] = float.Parse(data.ToString()!, null);
}
