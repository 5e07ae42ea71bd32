using System.Diagnostics;
using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>The memory of this process, whoever in it has taken it: .NET, the image decoder, devices.</summary>
internal sealed class ProcessMemory
{
    private const string Peak = "VmHWM:";

    private readonly long start;

    public ProcessMemory()
    {
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5"); // forgets the peaks of earlier tests
        start = PeakBytes();
    }

    /// <summary>How much more than at the start it has been at any time since, in bytes.</summary>
    public long PeakGrowth => PeakBytes() - start;

    private static long PeakBytes()
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
        string line = File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith(Peak, StringComparison.Ordinal));
        return 1024 * long.Parse(
            line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
