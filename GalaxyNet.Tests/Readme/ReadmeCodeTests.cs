using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GalaxyNet.Tests;

/// <summary>The C# of the README compiles as it stands there, and does what is said of it.</summary>
[TestFixture]
[NonParallelizable] // it catches what goes to the console
internal sealed class ReadmeCodeTests
{
    private const string ImplicitUsings = "global using System; global using System.Linq;";

    [Test]
    public void TheNetworkOfTheReadmeLearns()
    {
        string code = ReadmePage.Blocks("csharp").Single();
        string output = Run(Compile(code));
        double[] losses = [.. Regex.Matches(output, @"loss ([\d.]+)")
            .Select(loss => double.Parse(loss.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.That(losses, Has.Length.EqualTo(4), output);
        Assert.That(losses[^1], Is.LessThan(0.2 * losses[0]).And.LessThan(0.05), output);
    }

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
