namespace GalaxyNet.Tests;

/// <summary>A command of the benchmarks, run in this process.</summary>
internal static class BenchmarkCommand
{
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exitCode = BenchmarkProgram.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
