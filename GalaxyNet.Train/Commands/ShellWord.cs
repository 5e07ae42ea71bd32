namespace GalaxyNet.Train;

/// <summary>Words of a command line that is shown to the user, who may run it.</summary>
internal static class ShellWord
{
    private static readonly string SafeMarks = "-_./:=+,@%" + (OperatingSystem.IsWindows() ? @"\" : "");

    /// <summary>The word as a shell reads it: in quotes if it holds characters that are special to a shell.</summary>
    public static string Of(string word)
    {
        if (word.Length > 0 && word.All(IsSafe))
            return word;
        return OperatingSystem.IsWindows()
            ? $"\"{word}\""
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static bool IsSafe(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || SafeMarks.Contains(letter, StringComparison.Ordinal);
}
