using System.ComponentModel;
using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>Runs Python where it has PyTorch; elsewhere the test skips itself.</summary>
internal static class Python
{
    private const string FindPyTorch = "import importlib.util, sys; sys.exit(not importlib.util.find_spec('torch'))";

    private const string FindCuda = "import sys, torch; sys.exit(not torch.cuda.is_available())";

    private static readonly string[] Names = ["python3", "/usr/bin/python3", "python"];
    private static readonly Lazy<string?> Found =
        new(() => Array.Find(Names, name => Start(name, "-c", FindPyTorch).ExitCode == 0));

    /// <summary>Runs a script, which must not fail, and returns what it wrote to standard output.</summary>
    public static string Run(string script, params string[] arguments)
    {
        if (Found.Value is not { } python)
        {
            Assert.Ignore($"This needs PyTorch in one of {string.Join(", ", Names)}.");
            return "";
        }
        var (exitCode, output) = Start(python, [script, .. arguments]);
        Assert.That(exitCode, Is.Zero);
        return output;
    }

    /// <summary>Skips the test where PyTorch finds no GPU.</summary>
    public static void RequireCuda()
    {
        if (Found.Value is { } python && Start(python, "-c", FindCuda).ExitCode != 0)
            Assert.Ignore("This needs a GPU that PyTorch can use.");
    }

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
