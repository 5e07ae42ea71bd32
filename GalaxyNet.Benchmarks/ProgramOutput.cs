using System.Diagnostics;

namespace GalaxyNet.Benchmarks;

/// <summary>What another program left when it ended.</summary>
internal sealed record ProgramOutput(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="start">The program, its arguments and its environment.</param>
    /// <param name="cancellation">Kills it, and what it has started.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">It was killed.</exception>
    public static ProgramOutput Of(ProcessStartInfo start, CancellationToken cancellation)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        using var kill = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return new ProgramOutput(process.ExitCode, output, error.Result);
    }
}
