using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GalaxyNet.Tests;

/// <summary>The C# of the README and of the packages' own compiles as it stands there, and does what is said of it.</summary>
[TestFixture]
[NonParallelizable] // it catches what goes to the console
internal sealed class ReadmeCodeTests
{
    private const string ImplicitUsings = "global using System; global using System.Linq;";

    [Test]
    public void TheNetworkOfTheReadmeLearns()
    {
        string code = MarkdownPage.Blocks("csharp").Single();
        string output = Run(Compile(code));
        double[] losses = Losses(output);
        Assert.That(losses, Has.Length.EqualTo(4), output);
        Assert.That(losses[^1], Is.LessThan(0.2 * losses[0]).And.LessThan(0.05), output);
    }

    [Test]
    public void TheCodeOfTheKernelsPackagePrintsWhatItSays()
    {
        string code = MarkdownPage.Blocks("csharp", "GalaxyNet.Kernels/PACKAGE.md").Single();
        Assert.That(code, Does.Contain("// " + Run(Compile(code)).Trim()));
    }

    [Test]
    public void TheNetworkOfTheLayersPackageLearns()
    {
        string code = MarkdownPage.Blocks("csharp", "GalaxyNet.Layers/PACKAGE.md").Single();
        double[] losses = Losses(Run(Compile(code)));
        Assert.That(losses[^1], Is.LessThan(0.5 * losses[0]));
    }

    private static double[] Losses(string output) =>
    [
        .. Regex.Matches(output, @"loss ([\d.]+)").Select(loss => double.Parse(loss.Groups[1].Value, CultureInfo.InvariantCulture)),
    ];

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

    private static string Run(Assembly program)
    {
        var console = Console.Out;
        var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }
        return output.ToString();
    }
}
