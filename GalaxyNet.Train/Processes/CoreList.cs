namespace GalaxyNet.Train;

/// <summary>The cores that a process may use, and those that its machine has, as Linux tells them.</summary>
internal static class CoreList
{
    private const string Allowed = "Cpus_allowed_list:";
    private const string StatusFile = "/proc/self/status";
    private const string GroupsFile = "/proc/self/cgroup";
    private const string OnlineFile = "/sys/devices/system/cpu/online";

    /// <summary>The numbers of the cores that this process is bound to, or of all where nothing tells.</summary>
    public static int[] OfThisProcess()
    {
        if (File.Exists(StatusFile)
            && Array.Find(File.ReadAllLines(StatusFile), line => line.StartsWith(Allowed, StringComparison.Ordinal))
                is { } line)
            return Parse(line[Allowed.Length..]);
        return [.. Enumerable.Range(0, Environment.ProcessorCount)];
    }

    /// <summary>How many cores the machine has, or as much of it as was given to this job.</summary>
    public static int CountOfMachine()
    {
        string? file = JobFiles().Append(OnlineFile).FirstOrDefault(File.Exists);
        return file is null ? Environment.ProcessorCount : Parse(File.ReadAllText(file)).Length;
    }

    /// <summary>Reads a list such as <c>0-3,8</c>.</summary>
    public static int[] Parse(string list) =>
    [
        .. from range in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
           let ends = Array.ConvertAll(range.Split('-'), ToNumber)
           from core in Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)
           select core,
    ];

    private static int ToNumber(string text) => Number.TryParse(text, out int number)
        ? number
        : throw new FormatException($"A list of cores has no {text}.");

    /// <summary>Where the cores of this process's control group are told, in both versions of such groups.</summary>
    private static IEnumerable<string> JobFiles() =>
        from line in File.Exists(GroupsFile) ? File.ReadLines(GroupsFile) : []
        let parts = line.Split(':', 3) // its number, what it controls (of the second version nothing), and the group
        let place = parts[2].TrimEnd('/')
        where parts[1] is "" or "cpuset"
        select parts[1].Length == 0
            ? $"/sys/fs/cgroup{place}/cpuset.cpus.effective"
            : $"/sys/fs/cgroup/cpuset{place}/cpuset.cpus";
}
