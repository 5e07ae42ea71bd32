using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GalaxyNet.Tests;

/// <summary>The C# in the README and in the packages' pages compiles as printed, and does what the text says.</summary>
[TestFixture]
[NonParallelizable] // it captures the console and changes the current directory
internal sealed class ReadmeCodeTests
{
    private const string ImplicitUsings = "global using System; global using System.Linq;";

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
        var program = Compile(MarkdownPage.Blocks("csharp", page).Single());
        using var folder = new TemporaryFolder();
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
