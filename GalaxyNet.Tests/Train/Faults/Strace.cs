using System.ComponentModel;
using System.Diagnostics;

namespace GalaxyNet.Tests;

/// <summary>Watches the program's system calls, and kills it at one; without strace, a test is ignored.</summary>
internal static class Strace
{
    private static readonly Lazy<bool> IsHere = new(() =>
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("strace", ["-f", "-e", "trace=rename", "true"])
            {
                RedirectStandardError = true,
            });
            process!.WaitForExit();
            return process.ExitCode == 0; // not where a container forbids it
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public static void Require()
    {
        if (!IsHere.Value)
            Assert.Ignore("This needs strace, and the right to use it.");
    }

    /// <summary>Kills the program as it begins such a call for the n-th time.</summary>
    /// <remarks>Not with --seccomp-bpf, which is faster and kills nothing.</remarks>
    public static string[] KillAt(string call, int n) =>
        ["strace", "-f", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL:when={n}"];

    /// <summary>Lists calls with the files that they are about.</summary>
    public static string[] List(string file, params string[] calls) =>
        ["strace", "-f", "--seccomp-bpf", "-y", "-o", file, "-e", $"trace={string.Join(',', calls)}"];
}
