using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>Runs Python where it has what a test needs, such as PyTorch; elsewhere the test skips itself.</summary>
internal static class Python
{
    private const string FindModules =
        "import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, sys.argv[1:])))";

    private const string FindCuda = "import sys, torch; sys.exit(not torch.cuda.is_available())";
    private const string PyTorch = "torch";

    private static readonly string[] Names = ["python3", "/usr/bin/python3", "python"];
    private static readonly ConcurrentDictionary<string, string?> Found = [];

    /// <summary>
    /// Runs a script with PyTorch, which must not fail, and returns what it wrote to standard output.
    /// </summary>
    public static string Run(string script, params string[] arguments) => RunWith(PyTorch, [script, .. arguments]);

    /// <summary>The same with other modules.</summary>
    /// <param name="modules">What Python has to have, with spaces between.</param>
    /// <param name="arguments">A script with its arguments, or <c>-c</c> and the code.</param>
    public static string RunWith(string modules, params string[] arguments)
    {
        if (NameWith(modules) is not { } python)
        {
            Assert.Ignore($"This needs {modules} in one of {string.Join(", ", Names)}.");
            return "";
        }
        var (exitCode, output) = Start(python, arguments);
        Assert.That(exitCode, Is.Zero);
        return output;
    }

    /// <summary>Skips the test where PyTorch finds no GPU.</summary>
    public static void RequireCuda()
    {
        if (NameWith(PyTorch) is { } python && Start(python, "-c", FindCuda).ExitCode != 0)
            Assert.Ignore("This needs a GPU that PyTorch can use.");
    }

    private static string? NameWith(string modules) => Found.GetOrAdd(
        modules,
        _ => Array.Find(Names, name => Start(name, ["-c", FindModules, .. modules.Split(' ')]).ExitCode == 0));

    private static (int? ExitCode, string Output) Start(string python, params string[] arguments)
    {
        try
        {
            var run = ProgramRun.Of(new ProcessStartInfo(python, arguments));
            TestContext.Out.Write(run.Output + run.Error);
            return (run.ExitCode, run.Output);
        }
        catch (Win32Exception)
        {
            return (null, ""); // there is no such Python
        }
    }
}
