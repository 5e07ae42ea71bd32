using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>What the page on machine code quotes is what the compilers make.</summary>
[TestFixture]
internal sealed partial class MachineCodePageTests
{
    private const string Relu = "relu.Forward";
    private const string Adam = "adam.Update";
    private const string Sigmoid = "sigmoid.Forward";

    private static readonly StudyPage Page = StudyPage.All.Single(page => page.Name == "machine-code");

    private readonly Dictionary<string, string> shown = []; // each takes a second

    private static string[] Sources =>
    [
        "GalaxyNet.Kernels/Operations/Relu/Relu.cs",
        "GalaxyNet.Kernels/Devices/LoopRange.cs",
        "GalaxyNet.Kernels/Operations/Adam/Adam.cs",
        "GalaxyNet.Kernels/Operations/Adam/Cpu/AdamWork.cs",
    ];

    [Test]
    public void TheCSharpIsTheLibrarys()
    {
        string code = string.Join('\n', Sources.SelectMany(path => LinesOf(MarkdownPage.Text(path))));
        Assert.That(Page.Quotes, Has.Count.EqualTo(5));
        foreach (string quote in Page.Quotes)
            Assert.That(code, Does.Contain(string.Join('\n', LinesOf(quote))));
    }

    [Test]
    public void ThePtxOfTheReluIsWhole() => Assert.That(
        OnThePage("ptx", Relu),
        Is.EqualTo(PtxOf(Relu).SkipWhile(line => !line.StartsWith(".visible", StringComparison.Ordinal))));

    [TestCase(Adam)]
    [TestCase(Sigmoid)]
    public void TheOtherPtxIsThere(string kernel) =>
        Assert.That(Missing(OnThePage("ptx", kernel), PtxOf(kernel)), Is.Null);

    [TestCase("mul.f32 %f4, %f3, 0f3FB8AA3B;", ExpectedResult = null)]
    [TestCase("mul.f32 %f4, %f3, 0f3FB8AA3C;", ExpectedResult = "mul.f32 %f4, %f3, 0f3FB8AA3C;")]
    public string? AWrongLineIsFound(string line) => Missing([line], PtxOf(Sigmoid));

    [Test]
    public void TheConstantOfTheExponentialIsTheLogarithm() =>
        Assert.That(BitConverter.UInt32BitsToSingle(0x3FB8AA3B), Is.EqualTo((float)Math.Log2(Math.E)));

    [Test]
    public void TheCountsOfThePtxAreRight()
    {
        var registers = Register().Matches(string.Join('\n', PtxOf(Relu))).Select(match => match.Value);
        Assert.That(registers.Distinct().Count(), Is.EqualTo(38));
        var adam = PtxOf(Adam);
        Assert.That(adam.Count(line => line.StartsWith("ld.f32", StringComparison.Ordinal)), Is.EqualTo(6));
        Assert.That(adam.Count(line => line.StartsWith("st.f32", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public void TheReluFillsAMultiprocessor() => Assert.That(
        Multiprocessor.Of(80).WarpsInFlight(Device.GpuGroupSize, registers: 10, sharedBytes: 0), Is.EqualTo(64));

    [TestCase(Relu, "Used 10 registers", 1)]
    [TestCase(Adam, "Used", 4)]
    public void TheMachineCodeIsWhatPtxasMakes(string kernel, string registers, int loads)
    {
        string tools = CudaToolkit.Real();
        if (!Run(tools, "ptxas", "--version").Contains("release 11.8", StringComparison.Ordinal))
            Assert.Ignore("The page has what ptxas 11.8 makes; another makes other code.");
        using var folder = new TemporaryFolder();
        string ptx = folder.Write("kernel.ptx", Shown(kernel)), code = folder.Path("kernel.cubin");
        Assert.That(Run(tools, "ptxas", "-v", "-arch=sm_80", ptx, "-o", code), Does.Contain(registers));
        string[] lines = LinesOf(Encoding().Replace(Run(tools, "cuobjdump", "-sass", code), ""));
        Assert.That(Missing(OnThePage("sass", kernel), lines), Is.Null);
        Assert.That(lines.Count(line => line.Contains(" LD.E ", StringComparison.Ordinal)), Is.EqualTo(loads));
    }

    [Test, Exhaustive]
    public void TheVectorsAreWhatTheJitMakes()
    {
        if (!Vector512.IsHardwareAccelerated)
            Assert.Ignore("The page has what .NET makes for a processor with AVX-512.");
        using var folder = new TemporaryFolder();
        string[] command = ["throughput", "--device", "cpu", "--batch", "1", "--steps", "1"];
        var start = new ProcessStartInfo(
            ProgramProcess.Dotnet, [typeof(BenchmarkProgram).Assembly.Location, .. command]);
        start.Environment["DOTNET_JitDisasm"] = "Run";
        start.Environment["DOTNET_JitDisasmDiffable"] = "1";
        start.Environment["DOTNET_JitStdOutFile"] = folder.Path("jit");
        var run = ProgramOutput.Of(start, CancellationToken.None);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var made = LinesOf(File.ReadAllText(folder.Path("jit")))
            .SkipWhile(line => !line.Contains("AdamWork:Run[GalaxyNet.Kernels.Simd512", StringComparison.Ordinal));
        Assert.That(Missing(OnThePage("asm", Adam), made), Is.Null);
    }

    /// <summary>The first of some lines that does not come after the others; null if all of them do.</summary>
    private static string? Missing(IEnumerable<string> lines, IEnumerable<string> among)
    {
        using var rest = among.GetEnumerator();
        return lines.FirstOrDefault(line =>
        {
            while (rest.MoveNext())
                if (rest.Current == line)
                    return false;
            return true;
        });
    }

    private static string[] OnThePage(string language, string kernel)
    {
        string[] lines = LinesOf(string.Join('\n', Page.Blocks($"{language} {kernel}")));
        Assert.That(lines, Is.Not.Empty);
        return lines;
    }

    private string[] PtxOf(string kernel) => LinesOf(Shown(kernel));

    private string Shown(string kernel)
    {
        if (!shown.TryGetValue(kernel, out string? text))
        {
            var (exitCode, output, error) = BenchmarkCommand.Run("ptx", "--show", kernel);
            Assert.That(exitCode, Is.Zero, error);
            shown.Add(kernel, text = output);
        }
        return text;
    }

    private static string Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, program), arguments);
        start.Environment["PATH"] = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        var run = ProgramOutput.Of(start, CancellationToken.None);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run.Output + run.Error;
    }

    /// <summary>The lines without comments, braces and what they are indented by.</summary>
    private static string[] LinesOf(string text) =>
    [
        .. from line in text.Split('\n')
           let words = Blanks().Replace(line.Trim(), " ")
           where words.Length > 0 && words is not ("{" or "}") && !words.StartsWith("//", StringComparison.Ordinal)
           select words,
    ];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"%(p|r|rd|f)\d+")]
    private static partial Regex Register();

    // What stands behind an instruction, and the lines that have nothing else.
    [GeneratedRegex(@"/\* 0x[0-9a-f]+ \*/")]
    private static partial Regex Encoding();
}
