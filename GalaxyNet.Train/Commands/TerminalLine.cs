using System.Text;

namespace GalaxyNet.Train;

/// <summary>Lines as a terminal or a file gets them.</summary>
internal static class TerminalLine
{
    /// <summary>A space at which no line is broken, as within a command that the user may copy.</summary>
    public const char FixedSpace = '\u00a0';

    /// <summary>A text as it is written.</summary>
    /// <param name="text">Some lines.</param>
    /// <param name="width">The width of the terminal, to break long lines between words; null for a file.</param>
    public static string Of(string text, int? width)
    {
        var lines = text.Split('\n').Select(line => width is { } most ? Broken(line, most) : line);
        return Shown.WithoutControls(string.Join('\n', lines), allowed: "\n\r\t").Replace(FixedSpace, ' ');
    }

    /// <summary>Breaks a line between words; one of a table or of a list keeps its columns.</summary>
    private static string Broken(string line, int width)
    {
        if (line.Length <= width || line.StartsWith(' ') || line.Contains("  ", StringComparison.Ordinal))
            return line;
        var broken = new StringBuilder();
        int length = 0;
        foreach (string word in line.Split(' '))
        {
            bool fits = length + 1 + word.Length <= width;
            if (length > 0)
                broken.Append(fits ? ' ' : '\n');
            broken.Append(word);
            length = length > 0 && fits ? length + 1 + word.Length : word.Length;
        }
        return broken.ToString();
    }
}
