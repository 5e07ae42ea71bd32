using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>The program in a process of its own, which can be sent signals and killed.</summary>
internal sealed class ProgramProcess : IDisposable
{
    private const int TimeoutSeconds = 120;

    private readonly Process process;
    private readonly List<string> errorLines = [];

    private ProgramProcess(string file, IEnumerable<string> arguments)
    {
        process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    public string[] ErrorLines
    {
        get
        {
            lock (errorLines)
                return [.. errorLines];
        }
    }

    public static ProgramProcess Start(params string[] arguments) => new(Dotnet, [ProgramPath, .. arguments]);

    /// <summary>Runs the program after some lines of the shell have changed what it may do.</summary>
    public static ProgramProcess StartFromShell(string preparation, params string[] arguments) =>
        new("sh", ["-c", preparation + "; exec \"$@\"", "sh", Dotnet, ProgramPath, .. arguments]);

    /// <summary>Runs the program as the last arguments of another one, which watches it.</summary>
    public static ProgramProcess StartUnder(string[] watcher, params string[] arguments) =>
        new(watcher[0], [.. watcher[1..], Dotnet, ProgramPath, .. arguments]);

    /// <summary>Waits until something has come about; fails where the program ends before, or takes too long.</summary>
    public void WaitUntil(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (process.HasExited || watch.Elapsed.TotalSeconds > TimeoutSeconds)
                Assert.Fail($"What was waited for did not come about. {string.Join('\n', ErrorLines)}");
            Thread.Sleep(1);
        }
    }

    /// <summary>Waits for a line on standard error.</summary>
    public void WaitForLine(string start) =>
        WaitUntil(() => ErrorLines.Any(line => line.StartsWith(start, StringComparison.Ordinal)));

    /// <summary>Sends a signal: INT, TERM. Every shell has kill; not every machine has it as a program.</summary>
    public void Send(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>True if the program ignores a signal, as a shell's background job ignores Ctrl-C.</summary>
    public bool Ignores(int signal)
    {
        string status = $"/proc/{process.Id}/status";
        const string mask = "SigIgn:";
        return File.Exists(status)
            && File.ReadLines(status).First(line => line.StartsWith(mask, StringComparison.Ordinal)) is { } line
            && (Convert.ToUInt64(line[mask.Length..].Trim(), 16) >> (signal - 1) & 1) == 1;
    }

    /// <summary>Waits for the end, but no longer than that.</summary>
    public void WaitAtMost(int milliseconds) => process.WaitForExit(milliseconds);

    /// <summary>kill -9: the program has no say in it.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <returns>The exit code.</returns>
    public int WaitForExit()
    {
        Assert.That(
            process.WaitForExit(TimeSpan.FromSeconds(TimeoutSeconds)),
            $"The program does not end. {string.Join('\n', ErrorLines)}");
        process.WaitForExit(); // for the last lines of its output
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    /// <summary>What runs a program of .NET.</summary>
    internal static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string ProgramPath => typeof(TrainProgram).Assembly.Location;

    private void Keep(string? line)
    {
        lock (errorLines)
        {
            if (line is not null)
                errorLines.Add(line);
        }
    }
}
