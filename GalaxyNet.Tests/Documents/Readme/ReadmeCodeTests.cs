using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GalaxyNet.Tests;

/// <summary>
/// The C# in the README, on the packages' pages, on those of ONNX and of fine-tuning and on the study guide's first
/// compiles as printed, and does what the text says.
/// </summary>
[TestFixture]
[NonParallelizable] // it captures the console and changes the current directory
internal sealed class ReadmeCodeTests
{
    private const string ImplicitUsings = "global using System; global using System.Linq;";
    private const string OnnxPage = "docs/onnx.md";
    private const double SixDecimals = 1.5e-6;

    [Test]
    public void TheNetworkOfTheReadmeLearnsAndPredicts()
    {
        string output = Run(MarkdownPage.Readme);
        double[] losses = Losses(output);
        Assert.That(losses, Has.Length.EqualTo(4), output);
        Assert.That(losses[^1], Is.LessThan(0.2 * losses[0]).And.LessThan(0.05), output);
        Assert.That(output, Does.Match(@"vertical (1\.00|0\.9\d), horizontal 0\.0\d"));
    }

    [Test]
    public void TheCodeOfTheKernelsPackagePrintsWhatItSays()
    {
        const string page = "GalaxyNet.Kernels/PACKAGE.md";
        Assert.That(MarkdownPage.Blocks("csharp", page).Single(), Does.Contain("// " + Run(page).Trim()));
    }

    [Test]
    public void TheNetworkOfTheLayersPackageLearns()
    {
        double[] losses = Losses(Run("GalaxyNet.Layers/PACKAGE.md"));
        Assert.That(losses[^1], Is.LessThan(0.5 * losses[0]));
    }

    [Test]
    public void TheNetworkByHandPrintsWhatItsPageSays()
    {
        const string page = "docs/00-network-by-hand.md";
        Assert.That(MarkdownPage.Text(page), Does.Contain($"```\n{Run(page).ReplaceLineEndings("\n")}```\n"));
    }

    [Test]
    public void TheFineTuningOfItsPageStopsAtItsBestEpoch() => Assert.That(
        Run("docs/fine-tuning.md"), Does.Match("^the best of [0-9]+ epochs was epoch [1-9][0-9]*\\s*$"));

    [Test, Exhaustive]
    public void TheCSharpOfTheOnnxPagePredicts()
    {
        using var folder = new TemporaryFolder();
        float[] expected = ExportInto(folder);
        Assert.That(Shares(Run(OnnxPage, folder)), Is.EqualTo(expected).Within(SixDecimals));
    }

    [Test]
    public void ThePythonOfTheOnnxPagePredicts()
    {
        using var folder = new TemporaryFolder();
        float[] expected = ExportInto(folder);
        string code = $"import os; os.chdir('{folder.Root}')\n{MarkdownPage.Blocks("python", OnnxPage).Single()}";
        Assert.That(
            Shares(Python.RunWith("onnxruntime PIL", "-c", code)), Is.EqualTo(expected).Within(SixDecimals));
    }

    /// <summary>Writes a network that sees the middle of a crop, and a crop; gives what it makes of that.</summary>
    private static float[] ExportInto(TemporaryFolder folder)
    {
        const int CropSize = 12, Size = 8, First = (CropSize - Size) / 2;
        using var device = Device.OpenCpu(1);
        using var network = new Sequential(
            device, [3, Size, Size], maxBatch: 1, seed: 1, [new FlattenLayer("flatten"), new DenseLayer("fc", 2)]);
        network.ExportOnnx(folder.Path("model.onnx"), metadata: new Dictionary<string, string>
        {
            ["channels"] = "red,green,blue",
            ["classes"] = "Class1,Class2",
            ["crop_size"] = $"{CropSize}",
            ["size"] = $"{Size}",
        });
        var crop = new Image(CropSize, CropSize, channels: 3);
        new Random(1).NextBytes(crop.Pixels);
        ImageFile.WritePng(folder.Path("crop.png"), crop);
        var pixels =
            from channel in Enumerable.Range(0, 3)
            from row in Enumerable.Range(First, Size)
            from column in Enumerable.Range(First, Size)
            select crop.Row(row)[(3 * column) + channel] / 255f;
        using var input = device.Allocate([1, 3, Size, Size], [.. pixels]);
        return network.Forward(input, Mode.Evaluation).ToArray();
    }

    private static double[] Shares(string output) => [.. Regex.Matches(output, @"(?m)(?<=^Class\d )-?[\d.]+")
        .Select(share => double.Parse(share.ValueSpan, CultureInfo.InvariantCulture))];

    private static double[] Losses(string output) => [.. Regex.Matches(output, @"(?<=loss )[\d.]+")
        .Select(loss => double.Parse(loss.ValueSpan, CultureInfo.InvariantCulture))];

    private static Assembly Compile(string code)
    {
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Readme",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(code)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.That(result.Diagnostics.Where(each => each.Severity >= DiagnosticSeverity.Warning), Is.Empty);
        return Assembly.Load(stream.ToArray());
    }

    /// <summary>Runs the page's only program, in a folder of its own, and returns what it prints.</summary>
    private static string Run(string page)
    {
        using var folder = new TemporaryFolder();
        return Run(page, folder);
    }

    private static string Run(string page, TemporaryFolder folder)
    {
        var program = Compile(MarkdownPage.Blocks("csharp", page).Single());
        var (console, current) = (Console.Out, Directory.GetCurrentDirectory());
        var output = new StringWriter();
        Console.SetOut(output);
        Directory.SetCurrentDirectory(folder.Root);
        try
        {
            program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(current);
        }
        return output.ToString();
    }
}
