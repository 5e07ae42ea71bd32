using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Tests;

/// <summary>What is launched is marked as a kernel, and the figures of a kernel's PTX are right.</summary>
[TestFixture]
internal sealed partial class PtxTests
{
    [Test]
    public void WhatIsLaunchedCarriesTheAttribute()
    {
        string folder = Repository.Path("GalaxyNet.Kernels");
        var launched = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => LaunchedMethods(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))
            .ToHashSet();
        // These hold kernels of other types: those below, and those that an activation or an operation on a tree passes
        // to its base. A joined launch only calls what would be launched otherwise.
        launched.ExceptWith(
        [
            "TileLauncher.kernel", "CudaLauncher.kernel", "CudaPairLauncher.kernel",
            "SimdKernel.Launch", "JoinedLaunch.Launch", "Activation.forward", "Activation.backward",
            "TreeOperation.forward", "TreeOperation.backward",
        ]);
        Assert.That(launched, Has.Count.GreaterThan(25));
        Assert.That(
            MarkedKernel.Declared.Select(kernel => $"{kernel.Method.DeclaringType!.Name}.{kernel.Method.Name}"),
            Is.SupersetOf(launched));

        var marked = MarkedKernel.Declared.Select(kernel => kernel.Method.DeclaringType!).ToHashSet();
        var work = typeof(ITile).Assembly.GetTypes().Where(type => type.IsValueType && type.GetInterfaces().Any(each =>
            each == typeof(ISimdWork)
            || (each.IsGenericType && (each.GetGenericTypeDefinition() == typeof(ITileKernel<,>)
                || each.GetGenericTypeDefinition() == typeof(ICudaKernel<,>)
                || each.GetGenericTypeDefinition() == typeof(ICudaPairKernel<,,,>)))));
        Assert.That(marked, Is.SupersetOf(work));
    }

    /// <summary>The methods that a file loads as kernels, as type.method.</summary>
    private static IEnumerable<string> LaunchedMethods(string file, string code)
    {
        string type = UsingStatic().Match(code) is { Success: true } match ? match.Groups[1].Value : file;
        return Launches().Matches(code)
            .Select(launch => launch.Groups[1].Value)
            .Select(method => method.Contains('.', StringComparison.Ordinal) ? method : $"{type}.{method}");
    }

    [GeneratedRegex(@"^using static .*?(\w+);", RegexOptions.Multiline)]
    private static partial Regex UsingStatic();

    [GeneratedRegex(
        @"(?<=\bdevice\.Load(?:<[^()]*>)?\(\s*"
        + @"|: (?:Activation\(device|TreeOperation\(device, questions), (?:\w+, )?)([\w.]+)")]
    private static partial Regex Launches();

    [Test]
    public void EveryKernelBelongsToAnOperationOfTheCatalogue() => Assert.That(
        MarkedKernel.Declared.Select(kernel => kernel.Attribute.Operation).Distinct(),
        Is.SubsetOf(OperationCatalogue.All.Select(operationCase => operationCase.Operation).Distinct()));

    [Test]
    public void NoTwoKernelsHaveTheSameName()
    {
        var all = MarkedKernel.OfGpus.Concat(MarkedKernel.OfProcessors).Concat(MarkedKernel.OfBenchmarks).ToList();
        Assert.That(all.Select(kernel => kernel.Name), Is.Unique.And.SupersetOf(
            (string[])["conv2d.Forward.96x128", "dense.SplitSum", "adam.Update", "adam.AdamWork", "peak.Fma"]));
    }

    [Test]
    public void FromAmpereOnTheTextIsTheSameButForItsVersion()
    {
        var texts = PtxTarget.Architectures.Where(architecture => architecture != CudaArchitecture.SM_70)
            .Select(TextOf).ToList();
        Assert.That(texts, Has.Count.EqualTo(4));
        Assert.That(texts.Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(texts[0], Does.Contain(".target sm_80"));
        Assert.That(TextOf(CudaArchitecture.SM_70), Does.Contain(".target sm_70"));

        static string TextOf(CudaArchitecture architecture)
        {
            var kernel = MarkedKernel.OfGpus.Single(kernel => kernel.Name == "batch_norm2d.PartialMoments");
            return Numbers().Replace(kernel.CompileFor(architecture), "");
        }
    }

    /// <summary>The version, and the numbers of names, which ILGPU counts through a process.</summary>
    [GeneratedRegex(@"(?<!sm)_\d+|(?<=^\.version )[\d.]+", RegexOptions.Multiline)]
    private static partial Regex Numbers();

    [Test]
    public void AnArrayInLocalMemoryIsFound()
    {
        using var compiler = PtxTarget.CompilerFor(CudaArchitecture.SM_80);
        var kernel = new KernelCode(((Action<ArrayView<float>>)KernelWithAnArray).Method);
        var report = PtxReport.Read(compiler.Compile(kernel));
        Assert.That(report.LocalBytes, Is.EqualTo(16 * sizeof(float)));
    }

    [Test]
    public void AKernelThatDoesNotCompileIsFound()
    {
        using var compiler = PtxTarget.CompilerFor(CudaArchitecture.SM_80);
        Assert.That(
            () => compiler.Compile(new KernelCode(((Action<ArrayView<float>>)KernelWithAString).Method)),
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

            L_inner:
            @%p3 bra L_rest;

            L_longer:
            add.s32 %r1, %r1, 1;
            add.s32 %r1, %r1, 2;

            L_rest:
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
        Assert.That(loop.Instructions, Is.EqualTo(8)); // with the two of L_longer
        Assert.That(loop.FreeInstructions, Is.EqualTo(2));
        Assert.That(loop.MultiplyAddShare, Is.EqualTo(1.0 / 8));
        Assert.That(loop.SharedBytesRead, Is.EqualTo(16));
        Assert.That(loop.Kinds, Is.EquivalentTo(new Dictionary<string, int>
        {
            ["fma"] = 1,
            ["ld.shared.v4"] = 1,
            ["st.global"] = 1,
            ["other float"] = 1,
            ["integer"] = 2,
            ["bra"] = 2,
            ["move or constant"] = 2,
        }));
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
