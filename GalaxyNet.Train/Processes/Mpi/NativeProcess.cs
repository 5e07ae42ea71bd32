using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GalaxyNet.Train;

/// <summary>What libraries of MPI need of the system and .NET does not have.</summary>
internal static partial class NativeProcess
{
    /// <summary>
    /// Ends this process at once. What an end in good order would run may wait for a process that is there no more.
    /// </summary>
    public static void Exit(int exitCode)
    {
        if (OperatingSystem.IsWindows())
            Process.GetCurrentProcess().Kill();
        else
            ExitNow(exitCode);
    }

    /// <summary>Ends this process at once if it has not ended by then.</summary>
    public static void ExitAfter(TimeSpan time, int exitCode) => new Thread(() =>
    {
        Thread.Sleep(time);
        Exit(exitCode);
    })
    {
        IsBackground = true,
    }.Start();

    /// <summary>Sets a variable that native libraries see, unless it is set. .NET's own are apart.</summary>
    public static void SetVariable(string name, string value)
    {
        if (!OperatingSystem.IsWindows())
            _ = SetEnvironment(name, value, overwrite: 0);
    }

    /// <summary>Sleeps for less than a millisecond, if the system can.</summary>
    public static void Sleep(uint microseconds)
    {
        if (OperatingSystem.IsWindows())
            Thread.Sleep((int)(microseconds / 1000));
        else
            _ = SleepFor(microseconds);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ExitNow(int exitCode);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SleepFor(uint microseconds);
}
