using System.Diagnostics;
using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>One of the programs: it writes its results and its messages, and returns its exit code.</summary>
internal delegate int Program(
    string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation);

/// <summary>What a program that ran to its end has left.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonElement Json => JsonElement.Parse(Output);

    /// <summary>The program, run in this process.</summary>
    public static ProgramRun Of(params string[] arguments) => Of(new StringWriter(), default, arguments);

    public static ProgramRun Of(StringWriter error, CancellationToken cancellation, params string[] arguments)
    {
        var output = new StringWriter();
        int exitCode = TrainProgram.Run(arguments, output, error, cancellation);
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Another of the programs, run in this process.</summary>
    public static ProgramRun Of(Program program, params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exitCode = program(arguments, output, error, default);
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>A program in a process of its own.</summary>
    /// <param name="start">How to start it.</param>
    /// <param name="timeout">How long it may take.</param>
    public static ProgramRun Of(ProcessStartInfo start, TimeSpan? timeout = null)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(timeout ?? Timeout.InfiniteTimeSpan))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{start.FileName} does not end. {error.Result}");
        }
        return new ProgramRun(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>A run that must go well.</summary>
    public static ProgramRun Good(params string[] arguments)
    {
        var run = Of(arguments);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run;
    }

    /// <summary>An error's exit code, and one clear line with all of <paramref name="parts"/> in it.</summary>
    public void AssertRefused(int exitCode, params string[] parts) => Assert.Multiple(() =>
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode));
        Assert.That(Output, Is.Empty);
        Assert.That(ErrorLines, Has.Length.EqualTo(1), Error);
        Assert.That(Error, Does.Not.Contain("   at "));
        foreach (string part in parts)
            Assert.That(Error, Does.Contain(part));
    });
}
