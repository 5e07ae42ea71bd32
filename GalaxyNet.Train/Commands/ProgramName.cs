namespace GalaxyNet.Train;

/// <summary>What to type to run this program, for hints that the user may copy.</summary>
internal static class ProgramName
{
    private const string Tool = "galaxynet"; // which is found wherever the user is
    private const string Host = "dotnet";

    /// <summary>A command with the program before it, in a piece that no terminal breaks.</summary>
    /// <param name="arguments">Its arguments, as a shell reads them.</param>
    public static string Command(string arguments) =>
        $"{Words} {arguments}".Replace(' ', TerminalLine.FixedSpace);

    private static string Words => Path.GetFileNameWithoutExtension(Environment.ProcessPath) switch
    {
        Tool or null => Tool,
        Host => $"{Host} {FromHere(typeof(ProgramName).Assembly.Location)}",
        _ => FromHere(Environment.ProcessPath!),
    };

    private static string FromHere(string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        bool isBelow = !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        return ShellWord.Of(isBelow ? Path.Combine(".", relative) : path);
    }
}
