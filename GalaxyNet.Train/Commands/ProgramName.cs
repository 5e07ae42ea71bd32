namespace GalaxyNet.Train;

/// <summary>What to type to run this program, for hints that the user may copy.</summary>
internal static class ProgramName
{
    private const string Host = "dotnet";
    private const string Library = "GalaxyNet.Train.dll"; // beside all else, unless one file holds everything

    /// <summary>A command with the program before it, in a piece that no terminal breaks.</summary>
    /// <param name="arguments">Its arguments, as a shell reads them.</param>
    public static string Command(string arguments) =>
        $"{Of(Environment.ProcessPath!, Environment.GetEnvironmentVariable("PATH") ?? "")} {arguments}"
            .Replace(' ', TerminalLine.FixedSpace);

    /// <summary>What to type to start a program.</summary>
    /// <param name="process">The file that runs.</param>
    /// <param name="folders">Where a shell looks for programs: the variable <c>PATH</c>.</param>
    internal static string Of(string process, string folders)
    {
        if (Path.GetFileNameWithoutExtension(process) == Host)
            return $"{Host} {FromHere(Path.Combine(AppContext.BaseDirectory, Library))}";
        string name = Path.GetFileName(process);
        string? found = folders.Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return found is not null && IsSame(found, process) ? ShellWord.Of(name) : FromHere(process);
    }

    private static bool IsSame(string found, string process) =>
        (File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found) == process;

    private static string FromHere(string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        bool isBelow = !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        return ShellWord.Of(isBelow ? Path.Combine(".", relative) : path);
    }
}
