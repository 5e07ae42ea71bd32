using System.Globalization;

namespace GalaxyNet.Kernels;

/// <summary>How much memory this process may still take of the machine's.</summary>
/// <remarks>
/// Linux grants more memory than there is, and kills a process that uses it: so this has to be known before allocating.
/// </remarks>
internal static class HostMemory
{
    private const string Groups = "/sys/fs/cgroup";

    /// <summary>In bytes: what no other process holds, and what the containers around this one allow.</summary>
    public static long FreeBytes
    {
        get
        {
            if (!OperatingSystem.IsLinux())
                return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
            long free = Math.Min(FreeInGroups("", Groups, 2), FreeInGroups("memory", $"{Groups}/memory", 1));
            return Math.Min(FreeOnTheMachine(), free);
        }
    }

    /// <summary>The same for arrays of .NET, which in a container is given a part of it.</summary>
    public static long FreeBytesForArrays => Math.Min(
        FreeBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetTotalMemory(forceFullCollection: false));

    private static long FreeOnTheMachine()
    {
        const string name = "MemAvailable:";
        string? line = Lines("/proc/meminfo").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? long.MaxValue : 1024 * Number(line[name.Length..].TrimEnd('k', 'B'));
    }

    /// <summary>What this process's control group and those around it allow, by the files of version 1 or 2.</summary>
    private static long FreeInGroups(string controller, string root, int version)
    {
        string? path = Lines("/proc/self/cgroup").Select(line => line.Split(':', 3))
            .FirstOrDefault(parts => parts.Length == 3 && parts[1].Split(',').Contains(controller))?[2];
        long free = long.MaxValue;
        for (string? group = path?.TrimEnd('/'); group is not null; group = ParentOf(group))
            free = Math.Min(free, FreeInGroup(root + group, version));
        return free;

        static string? ParentOf(string group) => group.Length == 0 ? null : group[..group.LastIndexOf('/')];
    }

    private static long FreeInGroup(string folder, int version)
    {
        var (limitFile, usedFile, cacheName) = version == 2
            ? ("memory.max", "memory.current", "inactive_file ")
            : ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file ");
        long limit = Number(Lines($"{folder}/{limitFile}").FirstOrDefault("max"));
        if (limit == long.MaxValue)
            return limit;
        long used = Number(Lines($"{folder}/{usedFile}").FirstOrDefault("0"));
        string? cache = Lines($"{folder}/memory.stat")
            .FirstOrDefault(line => line.StartsWith(cacheName, StringComparison.Ordinal));
        return Math.Max(limit - used + (cache is null ? 0 : Number(cache[cacheName.Length..])), 0);
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // this machine does not say
        }
    }

    private static long Number(string text) =>
        long.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : long.MaxValue; // "max"
}
